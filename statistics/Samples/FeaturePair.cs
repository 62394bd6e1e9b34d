namespace Platform.Statistics.Samples;

/// <summary>
/// A feature's reference and current samples, with everything the tests share worked out once: the bins or categories,
/// the counts in them, the shares, the number of distinct values.
/// </summary>
public sealed class FeaturePair
{
    /// <summary>Up to this many distinct values a numerical feature is tabulated value by value instead of by bins.</summary>
    public const int FewValues = 20;

    /// <summary>
    /// Up to this many distinct values each is a bin of its own. Quantiles would put nearly all of a flag that is mostly 1 into
    /// one bin, and a change of it would be no change of the bins.
    /// </summary>
    public const int MostDiscrete = 5;

    private readonly NumberScale? _scale;
    private readonly Lazy<Shares> _shares;
    private readonly Lazy<Contingency> _table;

    public FeaturePair(NumericalSample reference, NumericalSample current)
    {
        _scale = NumberScale.For(reference, current);
        (reference, current) = (_scale?.Reference ?? reference, _scale?.Current ?? current);
        Kind = FeatureKind.Numerical;
        Numerical = (reference, current);
        (ReferenceCount, CurrentCount) = (reference.Count, current.Count);

        var values = DistinctValues.Of(reference.Sorted, current.Sorted, FewValues);
        DistinctCount = values?.Values.Length ?? FewValues + 1;
        Edges = values?.Values is { Length: > 0 and <= MostDiscrete } few ? few[..^1] : QuantileBins.Edges(reference.Sorted);
        Cells = new(QuantileBins.Count(reference.Sorted, Edges), QuantileBins.Count(current.Sorted, Edges));
        _table = new(() => values?.Counts ?? Cells);
        _shares = new(() => new(Cells));
    }

    public FeaturePair(CategoricalSample reference, CategoricalSample current)
    {
        Kind = FeatureKind.Categorical;
        (ReferenceCount, CurrentCount) = (reference.Count, current.Count);

        Categories = [.. reference.Counts.Keys.Union(current.Counts.Keys).Order(StringComparer.Ordinal)];
        Cells = new(Counts(reference, Categories), Counts(current, Categories));
        DistinctCount = Categories.Length;
        _table = new(Cells);
        _shares = new(() => new(Cells));
    }

    public FeatureKind Kind { get; }

    /// <summary>Values that take part in the comparison: not missing, and finite.</summary>
    public long ReferenceCount { get; }

    /// <inheritdoc cref="ReferenceCount"/>
    public long CurrentCount { get; }

    /// <summary>Whether there is anything to compare.</summary>
    public bool IsComparable => ReferenceCount > 0 && CurrentCount > 0;

    /// <summary>The sorted samples of a numerical feature, on a scale of doubles that tell its numbers apart; the default for a categorical one.</summary>
    public (NumericalSample Reference, NumericalSample Current) Numerical { get; }

    /// <summary>The inner edges of the bins of a numerical feature, on that scale.</summary>
    public double[]? Edges { get; }

    /// <summary>The same as numbers of the feature.</summary>
    public ExactNumber[]? NumbersAtEdges => Edges is null ? null : Array.ConvertAll(Edges, edge => _scale?.NumberAt(edge) ?? edge);

    /// <summary>The categories seen in either sample, in ordinal order.</summary>
    public string[]? Categories { get; }

    /// <summary>Distinct values over both samples; for a numerical feature counted no further than <see cref="FewValues"/> + 1.</summary>
    public int DistinctCount { get; }

    /// <summary>Counts per bin or category.</summary>
    public Contingency Cells { get; }

    /// <summary>Counts for the contingency tests: per category, per value where there are few, else per bin.</summary>
    public Contingency Table => _table.Value;

    /// <summary>Shares per bin or category, for the distances between distributions.</summary>
    public Shares Shares => _shares.Value;

    private static long[] Counts(CategoricalSample sample, string[] categories) =>
        Array.ConvertAll(categories, category => sample.Counts.GetValueOrDefault(category));
}
