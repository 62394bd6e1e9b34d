using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// Energy distance (Székely and Rizzo 2013) in one dimension, √(2·∫(F − G)²), in the square root of the feature's units;
/// drift from 0.1 for a reference of unit deviation. The effect size is free of units.
/// </summary>
public sealed class Energy : ITwoSampleTest
{
    public string Id => "energy";

    public bool AppliesTo(FeaturePair pair) => pair.Kind == FeatureKind.Numerical;

    public double? ThresholdFor(FeaturePair pair) => 0.1 * Math.Sqrt(DistributionGap.Scale(pair));

    /// <inheritdoc />
    public double ByChance(FeaturePair pair) => Math.Sqrt(2 * DistributionGap.ByChance(pair).Squared);

    public TestOutcome Run(FeaturePair pair)
    {
        var distance = Math.Sqrt(2 * DistributionGap.Integrate(pair).Squared);
        return new(distance, EffectSize: distance / Math.Sqrt(DistributionGap.Scale(pair)));
    }
}
