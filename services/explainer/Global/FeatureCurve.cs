using System.Text.Json;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Global;

/// <summary>How the answer follows one feature.</summary>
internal sealed record FeatureCurve
{
    /// <summary>The feature's name.</summary>
    public string Feature { get; init; } = "";

    /// <summary>Whether its values are quantities; else they are names, in no order that would mean anything.</summary>
    public bool Ordered { get; init; }

    /// <summary>Its values: numbers, texts, or names of categories.</summary>
    [JsonShape(JsonShapeAttribute.Elements)]
    public IReadOnlyList<JsonElement> Points { get; init; } = [];

    /// <summary>For each point, one number per output: the mean answer (pdp), or how much more or less than on average (ale); null for ice.</summary>
    public IReadOnlyList<double[]>? Values { get; init; }

    /// <summary>One standard error of each value; null for ice, and where fewer than two rows tell.</summary>
    public IReadOnlyList<double[]>? StandardErrors { get; init; }

    /// <summary>Of pdp, what a tenth of the rows lies at or below; null otherwise.</summary>
    public IReadOnlyList<double[]>? Low { get; init; }

    /// <summary>Of pdp, what a tenth of the rows lies at or above; null otherwise.</summary>
    public IReadOnlyList<double[]>? High { get; init; }

    /// <summary>Single rows, at most 50; null for ale.</summary>
    public IReadOnlyList<CurveLine>? Lines { get; init; }
}
