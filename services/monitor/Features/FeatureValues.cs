using System.Runtime.InteropServices;
using Platform.Monitor.Statistics;

namespace Platform.Monitor.Features;

/// <summary>The values of one feature that have been seen: numbers (NaN for missing) or categories (null for missing).</summary>
internal sealed class FeatureValues(Feature feature)
{
    private readonly List<double> _numbers = [];
    private readonly List<string?> _categories = [];

    public Feature Feature { get; } = feature;

    public int Count => _numbers.Count + _categories.Count;

    public ReadOnlySpan<double> Numbers => CollectionsMarshal.AsSpan(_numbers);

    public IReadOnlyList<string?> Categories => _categories;

    public void Add(double number) => _numbers.Add(number);

    public void Add(string? category) => _categories.Add(category);

    public static FeatureValues[] For(IEnumerable<Feature> features) => [.. features.Select(feature => new FeatureValues(feature))];

    /// <summary>The pair of samples that the tests compare.</summary>
    public static FeaturePair Pair(FeatureValues reference, FeatureValues current) => reference.Feature.Kind == FeatureKind.Numerical
        ? new(new NumericalSample(reference.Numbers), new NumericalSample(current.Numbers))
        : new(new CategoricalSample(reference.Categories), new CategoricalSample(current.Categories));
}
