using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>A distance between the shares of the bins or categories to which each adds a term; drift begins at 0.1.</summary>
public abstract class ShareDistance : ITwoSampleTest
{
    public abstract string Id { get; }

    public bool AppliesTo(FeaturePair pair) => true;

    public double? ThresholdFor(FeaturePair pair) => 0.1;

    /// <inheritdoc />
    public double ByChance(FeaturePair pair) => ByChance(pair.Cells);

    public TestOutcome Run(FeaturePair pair) => new(Between(pair.Shares.Reference, pair.Shares.Current));

    /// <summary>The distance by chance, to first order; Σ (r − c)²/p is then (cells − 1)·(1/n + 1/m) on average.</summary>
    protected abstract double ByChance(Contingency cells);

    /// <summary>What a cell adds, by its shares of the samples; none of them is 0.</summary>
    protected abstract double Term(double reference, double current);

    /// <summary>The distance that the sum of all terms makes.</summary>
    protected virtual double Total(double sum) => sum;

    private double Between(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var sum = 0.0;
        for (var cell = 0; cell < reference.Length; cell++)
            sum += Term(reference[cell], current[cell]);
        return Total(sum);
    }
}
