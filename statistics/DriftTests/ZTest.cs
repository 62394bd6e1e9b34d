using Platform.Statistics.Distributions;
using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// Two-proportion z test with pooled variance, two-sided, for features of two values; positive where the later value (in
/// order) is more frequent in the reference. Its square is the chi-square statistic, and where a count below 10 is expected the p-value
/// is likewise that of <see cref="SmallCounts"/>. The effect size is the phi coefficient of samples of equal size, positive where the
/// later value is more frequent in the current sample.
/// </summary>
public sealed class ZTest : ITwoSampleTest
{
    private static readonly ChiSquare Square = new();

    public string Id => "z";

    public bool AppliesTo(FeaturePair pair) => Proportions.Fit(pair);

    public TestOutcome Run(FeaturePair pair) => Compare(Proportions.Of(pair));

    /// <summary>The same for proportions that are already counted.</summary>
    public static TestOutcome Compare(Proportions proportions)
    {
        var pooled = proportions.Pooled;
        var variance = pooled * (1 - pooled) * (1.0 / proportions.ReferenceTotal + 1.0 / proportions.CurrentTotal);
        if (variance == 0)
            return new(0, 1, 0);

        var difference = proportions.Current - proportions.Reference;
        var z = -difference / Math.Sqrt(variance);
        return new(z, PValue(z, proportions), Association.Phi(proportions));
    }

    private static double PValue(double z, Proportions p)
    {
        var table = new Contingency(
            [p.ReferenceTotal - p.ReferenceHits, p.ReferenceHits], [p.CurrentTotal - p.CurrentHits, p.CurrentHits]);
        return SmallCounts.In(table) ? SmallCounts.PValue(table, Square) : Tail.Normal(z);
    }
}
