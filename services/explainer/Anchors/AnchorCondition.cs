using System.Text.Json;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Anchors;

/// <summary>What a rule says of one feature: that it equals a value, lies above one number and up to another, is missing, or is given.</summary>
internal sealed record AnchorCondition
{
    /// <summary>The feature's name.</summary>
    public string Feature { get; init; } = "";

    /// <summary>The value that it equals; null where it lies between bounds, is missing, or any will do.</summary>
    [JsonShape("{}")]
    public JsonElement? EqualTo { get; init; }

    /// <summary>It is larger than this; null where nothing is said.</summary>
    public double? Above { get; init; }

    /// <summary>It is at most this; null where nothing is said.</summary>
    public double? UpTo { get; init; }

    /// <summary>Whether it is missing.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Whether all that is said is that it is given, whatever its value.</summary>
    public bool IsGiven { get; init; }
}
