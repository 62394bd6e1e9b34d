using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>Total variation distance between the shares, ½·Σ|r − c|: 0 to 1.</summary>
internal sealed class TotalVariation : ITwoSampleTest
{
    public string Id => "total_variation";

    public bool AppliesTo(FeaturePair pair) => true;

    public double? ThresholdFor(FeaturePair pair) => 0.1;

    public TestOutcome Run(FeaturePair pair)
    {
        var (reference, current) = (pair.Shares.Reference, pair.Shares.Current);
        var sum = 0.0;
        for (var cell = 0; cell < reference.Length; cell++)
            sum += Math.Abs(reference[cell] - current[cell]);
        return new(sum / 2);
    }
}
