using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>Jensen-Shannon distance between the shares, the square root of the divergence with logarithms to base 2: 0 to 1.</summary>
public sealed class JensenShannon : ITwoSampleTest
{
    public string Id => "js";

    public bool AppliesTo(FeaturePair pair) => true;

    public double? ThresholdFor(FeaturePair pair) => 0.1;

    /// <inheritdoc />
    public double ByChance(FeaturePair pair) => Math.Sqrt(pair.Cells.SquaredGapByChance / (8 * Math.Log(2)));

    public TestOutcome Run(FeaturePair pair) => new(Math.Sqrt(Divergence(pair.Shares.Reference, pair.Shares.Current)));

    /// <summary>The mean divergence, in bits, of both distributions from their mixture.</summary>
    public static double Divergence(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var sum = 0.0;
        for (var cell = 0; cell < reference.Length; cell++)
        {
            var mixture = (reference[cell] + current[cell]) / 2;
            sum += reference[cell] * Math.Log2(reference[cell] / mixture) + current[cell] * Math.Log2(current[cell] / mixture);
        }

        return Math.Max(0, sum / 2);
    }
}
