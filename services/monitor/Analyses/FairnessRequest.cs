using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Platform.Hosting.OpenApi;

namespace Platform.Monitor.Analyses;

/// <summary>Decisions about the members of two groups. A row without group or decision is left out.</summary>
internal sealed record FairnessRequest
{
    /// <summary>The group of each row.</summary>
    [Required, JsonShape(JsonShapeAttribute.Scalars)]
    public JsonElement Group { get; init; }

    /// <summary>1 or true where the decision was favourable, else 0 or false.</summary>
    [Required, JsonShape(JsonShapeAttribute.Scalars)]
    public JsonElement Decision { get; init; }

    /// <summary>1 or true where the outcome was truly favourable; absent where it is not known.</summary>
    [JsonShape(JsonShapeAttribute.ScalarsOrNull)]
    public JsonElement Label { get; init; }

    /// <summary>The group that is measured against.</summary>
    [Required, JsonShape(JsonShapeAttribute.Scalar)]
    public JsonElement Privileged { get; init; }

    /// <summary>The group that is measured.</summary>
    [Required, JsonShape(JsonShapeAttribute.Scalar)]
    public JsonElement Unprivileged { get; init; }
}
