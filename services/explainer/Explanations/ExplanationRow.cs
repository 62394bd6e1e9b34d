using System.Text.Json;
using Platform.Explainer.Anchors;
using Platform.Explainer.Counterfactuals;
using Platform.Explainer.Decisions;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Explanations;

/// <summary>One explained row: base[o] + Σ_i attributions[i][o] + residual = prediction[o]. What explains the decision has no base and no attributions.</summary>
internal sealed record ExplanationRow
{
    /// <summary>The model's answer, one number per output.</summary>
    public IReadOnlyList<double> Prediction { get; init; } = [];

    /// <summary>Mean answer over the background, one number per output.</summary>
    public IReadOnlyList<double> Base { get; init; } = [];

    /// <summary>For each feature, one number per output.</summary>
    public IReadOnlyList<double[]> Attributions { get; init; } = [];

    /// <summary>One standard error of each attribution; null for exact values, and where the budget allowed no estimate.</summary>
    public IReadOnlyList<double[]>? StandardErrors { get; init; }

    /// <summary>What the sum leaves unexplained: of all outputs' residuals the one that is farthest from zero.</summary>
    public double Residual { get; init; }

    /// <summary>The text's segments, for text models; null otherwise.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>
    /// The row's value of each feature: a number, a text, the name of a category, or null where it is missing or hidden from the log. Null for texts,
    /// whose segments are their own values.
    /// </summary>
    [JsonShape(JsonShapeAttribute.ElementsOrNull)]
    public IReadOnlyList<JsonElement>? Values { get; init; }

    /// <summary>How well the straight line fits that the attributions come from; null for methods that fit none.</summary>
    public LocalFit? LocalFit { get; init; }

    /// <summary>What the row is decided as; null for methods that divide the prediction.</summary>
    public DecidedAnswer? Decision { get; init; }

    /// <summary>
    /// The nearest rows that are decided as wanted, the nearest first; empty where none was found within the budget, and null for other methods.
    /// </summary>
    public IReadOnlyList<Counterfactual>? Counterfactuals { get; init; }

    /// <summary>Rows that the model answered for this one, itself included; null for methods that divide the prediction.</summary>
    public long? Evaluations { get; init; }

    /// <summary>The rule under which it is nearly always decided so; null for other methods.</summary>
    public Anchor? Anchor { get; init; }
}
