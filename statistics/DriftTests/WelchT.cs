using Platform.Statistics.Distributions;
using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// Welch's t test of equal means without assuming equal variances, two-sided; positive where the reference mean is larger.
/// The effect size is Cohen's d, the difference of means in pooled standard deviations. Undefined below two values a sample.
/// </summary>
public sealed class WelchT : ITwoSampleTest
{
    public string Id => "welch_t";

    public bool AppliesTo(FeaturePair pair) => pair.Kind == FeatureKind.Numerical;

    public TestOutcome Run(FeaturePair pair)
    {
        var (reference, current) = pair.Numerical;
        if (reference.Count < 2 || current.Count < 2)
            return TestOutcome.Undefined;

        var difference = reference.Moments.MeanLess(current.Moments);
        var (v, w) = (reference.SampleVariance / reference.Count, current.SampleVariance / current.Count);
        if (v + w == 0)
            return OfConstants(reference, current);

        var t = difference / Math.Sqrt(v + w);
        var degrees = (v + w) * (v + w) / (v * v / (reference.Count - 1) + w * w / (current.Count - 1));
        return new(t, Tail.StudentT(t, degrees), -difference / PooledDeviation(reference, current));
    }

    // Squares of deviations below 1e-162 are zero in floating point: that is no constant, and nothing is known of it.
    private static TestOutcome OfConstants(NumericalSample reference, NumericalSample current)
    {
        if (reference.Sorted[0] != reference.Sorted[^1] || current.Sorted[0] != current.Sorted[^1])
            return TestOutcome.Undefined;
        return reference.Sorted[0] == current.Sorted[0] ? new(0, 1, 0) : new(double.NaN, 0);
    }

    private static double PooledDeviation(NumericalSample reference, NumericalSample current) =>
        Math.Sqrt((reference.SumOfSquares + current.SumOfSquares) / ((double)reference.Count + current.Count - 2));
}
