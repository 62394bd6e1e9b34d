using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>Population stability index over the bins or categories, Σ (c − r)·ln(c/r): 0 for equal shares, no upper bound.</summary>
internal sealed class PopulationStability : ITwoSampleTest
{
    public string Id => "psi";

    public bool AppliesTo(FeaturePair pair) => true;

    public double? ThresholdFor(FeaturePair pair) => 0.1;

    public TestOutcome Run(FeaturePair pair)
    {
        var (reference, current) = (pair.Shares.Reference, pair.Shares.Current);
        var sum = 0.0;
        for (var cell = 0; cell < reference.Length; cell++)
            sum += (current[cell] - reference[cell]) * Math.Log(current[cell] / reference[cell]);
        return new(sum);
    }
}
