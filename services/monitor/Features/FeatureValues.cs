using System.Runtime.InteropServices;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Features;

/// <summary>The values of one feature that have been seen: numbers (NaN for missing) or categories (null for missing).</summary>
internal sealed class FeatureValues(Feature feature)
{
    private readonly List<double> _numbers = [];
    private readonly List<double> _rests = []; // empty until a number has one
    private readonly List<string?> _categories = [];

    public Feature Feature { get; } = feature;

    public int Count => _numbers.Count + _categories.Count;

    /// <summary>The numbers, or the doubles nearest to them.</summary>
    public ReadOnlySpan<double> Numbers => CollectionsMarshal.AsSpan(_numbers);

    public IReadOnlyList<string?> Categories => _categories;

    /// <summary>The number that came last, to its last digit.</summary>
    public ExactNumber Last => Exact(_numbers.Count - 1);

    public void Add(ExactNumber number)
    {
        if (_rests.Count > 0 || number.Rest != 0)
        {
            while (_rests.Count < _numbers.Count)
                _rests.Add(0);
            _rests.Add(number.Rest);
        }

        _numbers.Add(number.High);
    }

    public void Add(string? category) => _categories.Add(category);

    /// <summary>A number to its last digit.</summary>
    public ExactNumber Exact(int at) => new(_numbers[at], _rests.Count == 0 ? 0 : _rests[at]);

    /// <summary>The numbers, sorted.</summary>
    public NumericalSample ToSample() => new(Numbers, CollectionsMarshal.AsSpan(_rests));

    public static FeatureValues[] For(IEnumerable<Feature> features) => [.. features.Select(feature => new FeatureValues(feature))];

    /// <summary>The pair of samples that the tests compare.</summary>
    public static FeaturePair Pair(FeatureValues reference, FeatureValues current) => reference.Feature.Kind == FeatureKind.Numerical
        ? new(reference.ToSample(), current.ToSample())
        : new(new CategoricalSample(reference.Categories), new CategoricalSample(current.Categories));
}
