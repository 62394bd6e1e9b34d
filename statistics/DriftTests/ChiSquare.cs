namespace Platform.Statistics.DriftTests;

/// <summary>
/// Pearson's chi-square test on the 2 × k table with pooled expected counts and no continuity correction, so that the
/// sampling noise of the reference counts too.
/// </summary>
public sealed class ChiSquare : TableTest
{
    public override string Id => "chi_square";

    public override double Of(ReadOnlySpan<long> totals, ReadOnlySpan<long> counts, long rows)
    {
        var share = Share(totals, rows);
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
