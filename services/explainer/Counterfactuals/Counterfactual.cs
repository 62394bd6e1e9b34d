using System.Text.Json;
using Platform.Explainer.Decisions;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Counterfactuals;

/// <summary>A row near the explained one that the model answers as wanted; none of its changes can be taken back alone.</summary>
internal sealed record Counterfactual
{
    /// <summary>The row, as <c>values</c> of the explained one has it.</summary>
    [JsonShape(JsonShapeAttribute.Elements)]
    public IReadOnlyList<JsonElement> Values { get; init; } = [];

    /// <summary>What differs, in the order of the features.</summary>
    public IReadOnlyList<FeatureChange> Changes { get; init; } = [];

    /// <summary>The sum over the changes: of a number in median absolute deviations of the reference rows, 1 for a category or what was missing.</summary>
    public double Distance { get; init; }

    /// <summary>The model's answer to it, one number per output.</summary>
    public IReadOnlyList<double> Prediction { get; init; } = [];

    /// <summary>What that is taken for.</summary>
    public DecidedAnswer Decision { get; init; } = new();
}
