using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>Kullback-Leibler divergence of the current shares from the reference shares, Σ c·ln(c/r), in nats.</summary>
internal sealed class KullbackLeibler : ITwoSampleTest
{
    public string Id => "kl";

    public bool AppliesTo(FeaturePair pair) => true;

    public double? ThresholdFor(FeaturePair pair) => 0.1;

    public TestOutcome Run(FeaturePair pair)
    {
        var (reference, current) = (pair.Shares.Reference, pair.Shares.Current);
        var sum = 0.0;
        for (var cell = 0; cell < reference.Length; cell++)
            sum += current[cell] * Math.Log(current[cell] / reference[cell]);
        return new(Math.Max(0, sum));
    }
}
