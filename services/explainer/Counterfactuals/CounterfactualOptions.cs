using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Platform.Explainer.Decisions;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Counterfactuals;

/// <summary>What a counterfactual is to reach, and what it may change.</summary>
internal sealed record CounterfactualOptions
{
    /// <summary>As many different ones when the request names no number.</summary>
    public const int DefaultCount = 3;

    /// <summary>The most of them for one row.</summary>
    public const int MaximumCount = 10;

    /// <summary>The class to reach, by its name in any notation, or its place; absent: any other one. With a range, the number that is to lie in it.</summary>
    [JsonShape(JsonShapeAttribute.ScalarOrNull)]
    public JsonElement? Class { get; init; }

    /// <summary>The range that the answer is to lie in, for numbers that are no classes.</summary>
    public NumberRange? Range { get; init; }

    /// <summary>Features that stay as they are.</summary>
    public IReadOnlyList<string>? Immutable { get; init; }

    /// <summary>Features that may only grow.</summary>
    public IReadOnlyList<string>? IncreaseOnly { get; init; }

    /// <summary>Features that may only shrink.</summary>
    public IReadOnlyList<string>? DecreaseOnly { get; init; }

    /// <summary>Between which numbers features may be changed; absent: between those of the reference rows.</summary>
    public IReadOnlyList<FeatureRange>? Ranges { get; init; }

    /// <summary>How many different ones are wanted, 1 to 10; 3 when absent.</summary>
    [Range(1, MaximumCount)]
    public int? Count { get; init; }
}
