using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>First Wasserstein distance in standard deviations of the reference (population, at least 0.001): free of units.</summary>
public sealed class WassersteinNormalised : ITwoSampleTest
{
    public string Id => "wasserstein_normalised";

    public bool AppliesTo(FeaturePair pair) => pair.Kind == FeatureKind.Numerical;

    public double? ThresholdFor(FeaturePair pair) => 0.1;

    /// <inheritdoc />
    public double ByChance(FeaturePair pair) => DistributionGap.ByChance(pair).Absolute / DistributionGap.Scale(pair);

    public TestOutcome Run(FeaturePair pair)
    {
        var distance = DistributionGap.Integrate(pair).Absolute / DistributionGap.Scale(pair);
        return new(distance, EffectSize: distance);
    }
}
