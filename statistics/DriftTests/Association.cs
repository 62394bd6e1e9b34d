using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>How large a difference of shares is, whatever the sizes of the samples: all on the scale of Cramér's V.</summary>
public static class Association
{
    // From this many expected rows on, what chance adds is a matter of variance alone.
    private const double Frequent = 25;

    /// <summary>
    /// Cramér's V of two samples of equal size with these shares, √(½·Σ (r − c)²/(r + c)), less what chance adds to it on average
    /// (after Bergsma 2013): 0 for shares that differ no more than chance has it, 1 for shares without a common category.
    /// </summary>
    public static double CramersV(Contingency table)
    {
        var sum = 0.0;
        for (var cell = 0; cell < table.Reference.Length; cell++)
        {
            var reference = table.Reference[cell] / (double)table.ReferenceTotal;
            var current = table.Current[cell] / (double)table.CurrentTotal;
            if (reference + current == 0)
                continue;

            sum += (reference - current) * (reference - current) / (reference + current) / 2;
        }

        return Math.Sqrt(Math.Clamp(sum - ByChance(table), 0, 1));
    }

    /// <summary>What V² is on average where the samples do not differ, given how often each category occurs in both together.</summary>
    public static double ByChance(Contingency table)
    {
        var sum = 0.0;
        foreach (var rows in table.Totals)
            sum += ByChance(rows, table.ReferenceTotal, table.CurrentTotal);
        return sum;
    }

    /// <summary>
    /// The same of two values, with the sign of the change of the later one's share and without correction: the phi coefficient
    /// of samples of equal size, −1 to 1.
    /// </summary>
    public static double Phi(Proportions p)
    {
        var (sum, difference) = (p.Reference + p.Current, p.Current - p.Reference);
        return difference == 0 ? 0 : difference / Math.Sqrt(sum * (2 - sum));
    }

    /// <summary>
    /// The mean of a cell's term where its rows fall on the samples by chance: (1 − p)·(1/n + 1/m)/4 if it is frequent; of one so rare
    /// that a sample may not show it the sum over all ways they can fall.
    /// </summary>
    private static double ByChance(long rows, long reference, long current)
    {
        if (rows == 0)
            return 0;

        var (few, many) = (Math.Min(reference, current), Math.Max(reference, current));
        var share = few / (double)(few + many);
        var others = 1 - rows / (double)(few + many);
        if (rows * share >= Frequent)
            return others * (1.0 / few + 1.0 / many) / 4;

        var chance = Math.Pow(1 - share, rows);
        var mean = 0.0;
        for (var fallen = 0L; fallen <= rows && fallen <= 5 * Frequent; fallen++)
        {
            var (one, other) = (fallen / (double)few, (rows - fallen) / (double)many);
            mean += chance * (one - other) * (one - other) / (one + other) / 2;
            chance *= (rows - fallen) / (fallen + 1.0) * share / (1 - share);
        }

        return others * mean;
    }
}
