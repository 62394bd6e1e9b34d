using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// First Wasserstein (earth mover's) distance, in units of the feature. Drift from a tenth of the reference's standard
/// deviation; the effect size is the distance in such deviations.
/// </summary>
public sealed class Wasserstein : ITwoSampleTest
{
    public string Id => "wasserstein";

    public bool AppliesTo(FeaturePair pair) => pair.Kind == FeatureKind.Numerical;

    public double? ThresholdFor(FeaturePair pair) => 0.1 * DistributionGap.Scale(pair);

    /// <inheritdoc />
    public double ByChance(FeaturePair pair) => DistributionGap.ByChance(pair).Absolute;

    public TestOutcome Run(FeaturePair pair)
    {
        var distance = DistributionGap.Integrate(pair).Absolute;
        return new(distance, EffectSize: distance / DistributionGap.Scale(pair));
    }
}
