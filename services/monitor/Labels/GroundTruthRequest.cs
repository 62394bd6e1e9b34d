using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Labels;

/// <summary>What turned out to be true of a prediction.</summary>
internal sealed record GroundTruthItem
{
    /// <summary>The prediction's id; of a request with several rows id:row, with the rows counted from 0. The only row is id or id:0.</summary>
    [Required]
    public string? PredictionId { get; init; }

    /// <summary>A class, by name or number, or a number.</summary>
    [Required, JsonShape(JsonShapeAttribute.Scalar)]
    public JsonElement Label { get; init; }

    /// <summary>When it became known (RFC 3339, with its zone); now when absent. Of several labels for a prediction the latest wins.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>One label or a list of them.</summary>
[JsonConverter(typeof(OneOrMany))]
internal sealed record GroundTruthRequest(IReadOnlyList<GroundTruthItem?> Items)
{
    private sealed class OneOrMany() : OneOrMany<GroundTruthRequest, GroundTruthItem>(items => new(items), request => request.Items);
}

/// <summary>What became of the labels.</summary>
/// <param name="Accepted">Labels of predictions that are known.</param>
/// <param name="Unknown">Labels of predictions that are not known; they are kept for a while in case those are still to come.</param>
internal sealed record GroundTruthAnswer(int Accepted, int Unknown)
{
    /// <summary>What is wrong with labels that name a whole request of several rows, and not one of its rows; absent if none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hint { get; init; }
}
