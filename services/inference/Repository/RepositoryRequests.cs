using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Inference.Repository;

/// <summary>The body of <c>POST /v2/repository/index</c>.</summary>
/// <param name="Ready">True for those only that can be called; false when absent.</param>
internal sealed record IndexRequest(bool? Ready = null);

/// <summary>The body of a load or unload.</summary>
/// <param name="Parameters">For a load, <c>config</c>: the settings as JSON text, in the form of the model's configuration.</param>
internal sealed record ModelRequest(IReadOnlyDictionary<string, JsonElement>? Parameters = null);

/// <summary>One version in the index.</summary>
internal sealed record IndexEntry(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Version,
    [property: AllowedValues("READY", "UNAVAILABLE")] string State,
    string Reason);
