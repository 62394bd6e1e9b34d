namespace Platform.Monitor.Outliers;

/// <summary>Cuts through a sample of rows, each at a random place of a random column.</summary>
internal sealed class IsolationTree
{
    private const double Euler = 0.57721566490153286;

    private readonly int _column;
    private readonly double _cut;
    private readonly double _rest;
    private readonly IsolationTree? _below;
    private readonly IsolationTree? _above;

    private IsolationTree(int rows) => _rest = MeanCuts(rows);

    private IsolationTree(int column, double cut, IsolationTree below, IsolationTree above) =>
        (_column, _cut, _below, _above) = (column, cut, below, above);

    /// <summary>Cuts until the rows are set apart, are equal, or as many cuts have been made as ordinary rows need.</summary>
    public static IsolationTree Grow(Span<double[]> rows, Random random) => Grow(rows, random, (int)Math.Ceiling(Math.Log2(rows.Length)));

    /// <summary>The cuts between a row and all others, those that were not made estimated.</summary>
    public double CutsTo(double[] row)
    {
        var (tree, cuts) = (this, 0);
        while (tree._below is not null)
        {
            tree = row[tree._column] < tree._cut ? tree._below : tree._above!;
            cuts++;
        }

        return cuts + tree._rest;
    }

    /// <summary>c(n): the cuts that set one of so many rows apart on average, 2H(n − 1) − 2(n − 1)/n.</summary>
    public static double MeanCuts(int rows) => rows switch
    {
        <= 1 => 0,
        2 => 1,
        _ => 2 * (Math.Log(rows - 1) + Euler) - 2 * (rows - 1) / (double)rows,
    };

    private static IsolationTree Grow(Span<double[]> rows, Random random, int cuts)
    {
        if (cuts == 0 || rows.Length <= 1 || ChooseColumn(rows, random) is not { } chosen)
            return new(rows.Length);

        // Between the two, so that either side has a row.
        var cut = Math.Max(chosen.Least + random.NextDouble() * (chosen.Most - chosen.Least), Math.BitIncrement(chosen.Least));
        var below = Part(rows, chosen.Column, cut);
        return new(chosen.Column, cut, Grow(rows[..below], random, cuts - 1), Grow(rows[below..], random, cuts - 1));
    }

    // A random one of those that are not constant; null where all are.
    private static (int Column, double Least, double Most)? ChooseColumn(Span<double[]> rows, Random random)
    {
        var (found, chosen) = (0, ((int, double, double)?)null);
        for (var column = 0; column < rows[0].Length; column++)
        {
            var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var row in rows)
                (least, most) = (Math.Min(least, row[column]), Math.Max(most, row[column]));
            if (least < most && random.Next(++found) == 0)
                chosen = (column, least, most);
        }

        return chosen;
    }

    private static int Part(Span<double[]> rows, int column, double cut)
    {
        var below = 0;
        for (var at = 0; at < rows.Length; at++)
        {
            if (rows[at][column] < cut)
            {
                (rows[below], rows[at]) = (rows[at], rows[below]);
                below++;
            }
        }

        return below;
    }
}
