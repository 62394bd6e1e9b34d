using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Platform.Explainer.Decisions;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Anchors;

/// <summary>How sure a rule is to be, and how widely it is searched.</summary>
internal sealed record AnchorOptions
{
    public const double DefaultPrecision = 0.95;
    public const double DefaultConfidence = 0.95;
    public const int DefaultBeamWidth = 4;
    public const int MaximumBeamWidth = 20;

    /// <summary>The share of the rows under the rule that are to be decided alike, above 0 and below 1; 0.95 when absent.</summary>
    public double? Precision { get; init; }

    /// <summary>How sure its bounds are, all of those that were looked at together, above 0 and below 1; 0.95 when absent.</summary>
    public double? Confidence { get; init; }

    /// <summary>Rules of each length that are followed further, 1 to 20; 4 when absent.</summary>
    [Range(1, MaximumBeamWidth)]
    public int? BeamWidth { get; init; }

    /// <summary>For numbers that are no classes: which answers count as the same, those within this range or those outside of it.</summary>
    public NumberRange? Range { get; init; }

    /// <summary>The number that is to lie in the range, by its name or its place, where the output has several.</summary>
    [JsonShape(JsonShapeAttribute.ScalarOrNull)]
    public JsonElement? Class { get; init; }
}
