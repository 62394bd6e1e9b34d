using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>
/// The log-likelihood ratio test on the 2 × k table, 2·Σ O·ln(O/E) with pooled expected counts. Where a count below 10 is expected,
/// the p-value is that of <see cref="SmallCounts"/>. The effect size is that of the chi-square test.
/// </summary>
internal sealed class GTest : ITwoSampleTest, ITableStatistic
{
    public string Id => "g_test";

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
            sum += Contribution(counts[cell], totals[cell] * share);
            sum += Contribution(totals[cell] - counts[cell], totals[cell] * (1 - share));
        }

        return Math.Max(0, 2 * sum); // equal samples can end a rounding error below zero
    }

    private static double Contribution(long observed, double expected) => observed == 0 ? 0 : observed * Math.Log(observed / expected);
}
