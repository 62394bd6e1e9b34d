using Platform.Monitor.Features;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Baselines;

/// <summary>What a feature looks like in the reference, in the form that every window is compared with.</summary>
internal sealed class FeatureBaseline
{
    private readonly NumericalSample? _numbers;
    private readonly CategoricalSample? _categories;
    private readonly HashSet<string> _allowed;

    public FeatureBaseline(FeatureValues reference)
    {
        Feature = reference.Feature;
        Rows = reference.Count;
        _allowed = new(reference.Feature.Categories ?? [], StringComparer.Ordinal);
        if (reference.Feature.Kind == FeatureKind.Numerical)
        {
            _numbers = reference.ToSample();
            return;
        }

        _categories = new(reference.Categories);
        _allowed.UnionWith(_categories.Counts.Keys);
    }

    public Feature Feature { get; }

    /// <summary>Reference rows, those in which the feature is missing included.</summary>
    public int Rows { get; }

    /// <summary>Share of the reference rows in which the feature is missing.</summary>
    public double MissingShare => Rows == 0 ? 0 : (_numbers?.Missing + _numbers?.Infinite ?? _categories!.Missing) / (double)Rows;

    /// <summary>The numbers of the reference, sorted; null for a categorical feature.</summary>
    public NumericalSample? Numbers => _numbers;

    /// <summary>The categories of the reference with their counts; null for a numerical feature.</summary>
    public CategoricalSample? Categories => _categories;

    /// <summary>Whether the category is known to the reference or to the version's author; anything is where neither names one.</summary>
    public bool Knows(string category) => _allowed.Count == 0 || _allowed.Contains(category);

    /// <summary>The reference and these values, ready for the tests.</summary>
    public FeaturePair Beside(FeatureValues current) => _numbers is not null
        ? new(_numbers, current.ToSample())
        : new(_categories!, new CategoricalSample(current.Categories));
}
