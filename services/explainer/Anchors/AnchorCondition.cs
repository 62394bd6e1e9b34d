using System.Text.Json;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Anchors;

/// <summary>What a rule says of one feature: that it equals a value, or lies above one number and up to another.</summary>
internal sealed record AnchorCondition
{
    /// <summary>The feature's name.</summary>
    public string Feature { get; init; } = "";

    /// <summary>The value that it equals; null where it lies between bounds, or is missing.</summary>
    [JsonShape(JsonShapeAttribute.ScalarOrNull)]
    public JsonElement? EqualTo { get; init; }

    /// <summary>It is larger than this; null where nothing is said.</summary>
    public double? Above { get; init; }

    /// <summary>It is at most this; null where nothing is said.</summary>
    public double? UpTo { get; init; }

    /// <summary>Whether it is missing.</summary>
    public bool IsMissing { get; init; }
}
