using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>
/// Pearson's chi-square test on the 2 × k table with pooled expected counts and no continuity correction, so that the
/// sampling noise of the reference counts too. Where a count below 10 is expected, the p-value is that of <see cref="SmallCounts"/>.
/// The effect size is Cramér's V less what chance adds to it, 0 to 1.
/// </summary>
internal sealed class ChiSquare : ITwoSampleTest, ITableStatistic
{
    public string Id => "chi_square";

    public bool AppliesTo(FeaturePair pair) => true;

    public TestOutcome Run(FeaturePair pair) => Compare(pair.Table);

    /// <summary>The same for a table that is already counted.</summary>
    public TestOutcome Compare(Contingency table)
    {
        var statistic = Of(table.Totals, table.Current, table.CurrentTotal);
        var pValue = SmallCounts.In(table) ? SmallCounts.PValue(table, this) : Tail.ChiSquare(statistic, table.OccupiedCells - 1);
        return new(statistic, pValue, Association.CramersV(table));
    }

    /// <inheritdoc />
    public double Of(ReadOnlySpan<long> totals, ReadOnlySpan<long> counts, long rows)
    {
        var all = 0L;
        foreach (var total in totals)
            all += total;

        var share = rows / (double)all;
        var sum = 0.0;
        for (var cell = 0; cell < totals.Length; cell++)
        {
            var difference = counts[cell] - totals[cell] * share;
            if (totals[cell] > 0)
                sum += difference * difference / totals[cell];
        }

        return sum / (share * (1 - share)); // Σ (O − E)²/E of one sample and the same of the other
    }
}
