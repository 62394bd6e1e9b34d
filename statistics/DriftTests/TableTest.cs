using Platform.Statistics.Distributions;
using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// A test of the 2 × k table of counts whose statistic has, as samples grow, a chi-square distribution with k − 1 degrees of freedom. Where a
/// count below 10 is expected, the p-value is that of <see cref="SmallCounts"/>. The effect size is Cramér's V less what chance adds to it,
/// 0 to 1.
/// </summary>
public abstract class TableTest : ITwoSampleTest, ITableStatistic
{
    public abstract string Id { get; }

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
    public abstract double Of(ReadOnlySpan<long> totals, ReadOnlySpan<long> counts, long rows);

    /// <summary>The share of all rows that is in the sample of <paramref name="rows"/>.</summary>
    protected static double Share(ReadOnlySpan<long> totals, long rows)
    {
        var all = 0L;
        foreach (var total in totals)
            all += total;
        return rows / (double)all;
    }
}
