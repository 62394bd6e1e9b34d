using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>Hellinger distance between the shares, √(1 − Σ√(r·c)) = √(½·Σ(√r − √c)²): 0 to 1.</summary>
internal sealed class Hellinger : ITwoSampleTest
{
    public string Id => "hellinger";

    public bool AppliesTo(FeaturePair pair) => true;

    public double? ThresholdFor(FeaturePair pair) => 0.1;

    public TestOutcome Run(FeaturePair pair)
    {
        var (reference, current) = (pair.Shares.Reference, pair.Shares.Current);
        var sum = 0.0;
        for (var cell = 0; cell < reference.Length; cell++)
            sum += Math.Pow(Math.Sqrt(reference[cell]) - Math.Sqrt(current[cell]), 2);
        return new(Math.Sqrt(sum / 2));
    }
}
