namespace Platform.Statistics.Samples;

/// <summary>Adjusts p-values for having tested several features at once.</summary>
public static class Correction
{
    public const string None = "none";
    public const string Bonferroni = "bonferroni";
    public const string Holm = "holm";
    public const string BenjaminiHochberg = "bh";

    public static readonly string[] All = [None, Bonferroni, Holm, BenjaminiHochberg];

    /// <summary>
    /// The adjusted p-values: comparing one with alpha keeps the family-wise error (Bonferroni; Holm 1979, who finds
    /// no less) or the false discovery rate (Benjamini and Hochberg 1995) at alpha. NaN stands for a test without a p-value: it is left alone and not counted.
    /// </summary>
    /// <param name="method">One of <see cref="All"/>.</param>
    /// <param name="pValues">One family of p-values; not changed.</param>
    public static double[] Adjust(string method, double[] pValues) => method switch
    {
        None => pValues,
        Bonferroni => AdjustBonferroni(pValues),
        Holm => AdjustHolm(pValues),
        BenjaminiHochberg => AdjustBenjaminiHochberg(pValues),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a correction."),
    };

    private static double[] AdjustBonferroni(double[] pValues)
    {
        var tests = pValues.Count(p => !double.IsNaN(p));
        return Array.ConvertAll(pValues, p => Math.Min(1, p * tests));
    }

    private static double[] AdjustHolm(double[] pValues)
    {
        var order = Ascending(pValues);
        var adjusted = (double[])pValues.Clone();
        var largest = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, pValues[order[rank]] * (order.Length - rank)));
            adjusted[order[rank]] = largest;
        }

        return adjusted;
    }

    private static double[] AdjustBenjaminiHochberg(double[] pValues)
    {
        var order = Ascending(pValues);
        var adjusted = (double[])pValues.Clone();
        var smallest = 1.0;
        for (var rank = order.Length; rank > 0; rank--)
        {
            var test = order[rank - 1];
            smallest = Math.Min(smallest, pValues[test] * order.Length / rank);
            adjusted[test] = smallest;
        }

        return adjusted;
    }

    private static int[] Ascending(double[] pValues) =>
        [.. Enumerable.Range(0, pValues.Length).Where(i => !double.IsNaN(pValues[i])).OrderBy(i => pValues[i])];
}
