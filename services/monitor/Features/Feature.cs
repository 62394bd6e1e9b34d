using Platform.Statistics.Samples;

namespace Platform.Monitor.Features;

/// <summary>One thing that is watched: a column of an input, or a number derived from a text or a large tensor.</summary>
/// <param name="Name">Unique within a version.</param>
/// <param name="Kind">How its values compare.</param>
/// <param name="Categories">The categories that its author allows; null where anything goes.</param>
internal sealed record Feature(string Name, FeatureKind Kind, IReadOnlyList<string>? Categories = null)
{
    public static Feature Number(string name) => new(name, FeatureKind.Numerical);

    public static Feature Category(string name, IReadOnlyList<string>? categories = null) => new(name, FeatureKind.Categorical, categories);
}
