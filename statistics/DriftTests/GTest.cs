namespace Platform.Statistics.DriftTests;

/// <summary>The log-likelihood ratio test on the 2 × k table, 2·Σ O·ln(O/E) with pooled expected counts.</summary>
public sealed class GTest : TableTest
{
    public override string Id => "g_test";

    public override double Of(ReadOnlySpan<long> totals, ReadOnlySpan<long> counts, long rows)
    {
        var share = Share(totals, rows);
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
