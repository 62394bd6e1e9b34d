namespace Platform.Statistics.DriftTests;

/// <summary>A statistic of a 2 × k table, by the counts of either sample and of both together.</summary>
public interface ITableStatistic
{
    /// <summary>The statistic, 0 or more.</summary>
    /// <param name="totals">Rows of both samples in each cell.</param>
    /// <param name="counts">Rows of one of the samples in each cell, whichever: the statistic is the same.</param>
    /// <param name="rows">Rows of that sample.</param>
    double Of(ReadOnlySpan<long> totals, ReadOnlySpan<long> counts, long rows);
}
