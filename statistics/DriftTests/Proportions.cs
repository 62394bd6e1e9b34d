using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>The two proportions of a feature that takes two values: how often each sample shows the later of the two.</summary>
public readonly record struct Proportions(long ReferenceHits, long ReferenceTotal, long CurrentHits, long CurrentTotal)
{
    public double Reference => ReferenceHits / (double)ReferenceTotal;

    public double Current => CurrentHits / (double)CurrentTotal;

    public double Pooled => (ReferenceHits + CurrentHits) / (double)(ReferenceTotal + CurrentTotal);

    /// <summary>Whether the feature takes at most two values over both samples.</summary>
    public static bool Fit(FeaturePair pair) => pair.DistinctCount <= 2;

    /// <summary>Reads the proportions of a feature that <see cref="Fit"/>s; a constant has no later value, so no hits.</summary>
    public static Proportions Of(FeaturePair pair)
    {
        var table = pair.Table;
        return table.Reference.Length == 2
            ? new(table.Reference[1], table.ReferenceTotal, table.Current[1], table.CurrentTotal)
            : new(0, table.ReferenceTotal, 0, table.CurrentTotal);
    }
}
