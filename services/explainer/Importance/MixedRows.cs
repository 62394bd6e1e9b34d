using Platform.Explainer.Attribution;

namespace Platform.Explainer.Importance;

/// <summary>
/// Which row gives a row its value of a feature: a cycle through all rows in random order, so that no row keeps its own and each other row is
/// equally likely to give.
/// </summary>
internal static class MixedRows
{
    /// <summary>One cycle for each repeat; giver[row] is another row.</summary>
    public static int[][] Draw(IReadOnlyList<int> rows, int repeats, SeededRandom random) =>
        [.. Enumerable.Range(0, repeats).Select(_ => Draw(rows, random))];

    private static int[] Draw(IReadOnlyList<int> rows, SeededRandom random)
    {
        var order = random.Permutation(rows.Count);
        var givers = new int[rows.Count];
        for (var i = 0; i < order.Length; i++) givers[order[i]] = rows[order[(i + 1) % order.Length]];
        return givers;
    }
}
