using System.Text.Json;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Counterfactuals;

/// <summary>One feature that is changed.</summary>
internal sealed record FeatureChange
{
    /// <summary>The feature's name.</summary>
    public string Feature { get; init; } = "";

    /// <summary>The row's own value; null where it is missing.</summary>
    [JsonShape("{}")]
    public JsonElement From { get; init; }

    /// <summary>What it is changed to.</summary>
    [JsonShape("{}")]
    public JsonElement To { get; init; }
}
