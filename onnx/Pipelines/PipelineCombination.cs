namespace Platform.Onnx.Pipelines;

/// <summary>How several values become one: of each row those that have it.</summary>
public sealed record PipelineCombination
{
    /// <summary>The mean of floating-point values.</summary>
    public const string Mean = "mean";

    /// <summary>Their weighted mean.</summary>
    public const string Weighted = "weighted";

    /// <summary>The most frequent of classes, by weight where there are weights; the first of those that are as frequent.</summary>
    public const string Vote = "vote";

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Mean, Weighted, Vote];

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The values, <c>step.tensor</c>.</summary>
    public IReadOnlyList<string> Of { get; init; } = [];

    /// <summary>A weight for each, not negative and not all 0; null for the same.</summary>
    public IReadOnlyList<double>? Weights { get; init; }
}
