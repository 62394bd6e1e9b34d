using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>How large a difference of shares is, whatever the sizes of the samples: all on the scale of Cramér's V.</summary>
internal static class Association
{
    /// <summary>
    /// Cramér's V of two samples of equal size with these shares, √(½·Σ (r − c)²/(r + c)), less what chance adds to it on average
    /// (after Bergsma 2013): 0 for shares that differ no more than chance has it, 1 for shares without a common category.
    /// </summary>
    public static double CramersV(Contingency table)
    {
        var (sum, byChance) = (0.0, 0.0);
        for (var cell = 0; cell < table.Reference.Length; cell++)
        {
            var reference = table.Reference[cell] / (double)table.ReferenceTotal;
            var current = table.Current[cell] / (double)table.CurrentTotal;
            if (reference + current == 0)
                continue;

            sum += (reference - current) * (reference - current) / (reference + current) / 2;
            var pooled = table.Totals[cell] / (double)(table.ReferenceTotal + table.CurrentTotal);
            byChance += Expected(pooled, table.Inverses);
        }

        return Math.Sqrt(Math.Clamp(sum - byChance, 0, 1));
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

    // A frequent category adds (1 − p)·(1/n + 1/m)/4; one so rare that a sample hardly ever shows it no more than its share.
    private static double Expected(double share, double inverses)
    {
        var frequent = (1 - share) * inverses / 4;
        return frequent == 0 ? 0 : share * frequent / (share + frequent);
    }
}
