using System.Text.Json.Serialization;
using Platform.Hosting.OpenApi;

namespace Platform.Monitor.Feedback;

/// <summary>What a person has said of a prediction, as it is stored and shown.</summary>
internal sealed record PredictionFeedback
{
    /// <summary>Ids sort as the times do.</summary>
    public string Id { get; init; } = "";

    /// <summary>The row that it is about: id, or id:row of a request of several rows.</summary>
    public string PredictionId { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>The version that answered.</summary>
    public string Version { get; init; } = "";

    /// <summary>Whether the person agrees with the answer.</summary>
    [OneOf(typeof(Verdict))]
    public string Verdict { get; init; } = "";

    /// <summary>What would have been right; null where that was not said.</summary>
    public string? Label { get; init; }

    /// <summary>Where it was said: beside the prediction (null), or in the review queue.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Source { get; init; }

    public IReadOnlyList<AttributionComment> Attributions { get; init; } = [];

    public string? Comment { get; init; }

    /// <summary>Who has said it.</summary>
    public string By { get; init; } = "";

    public DateTimeOffset At { get; init; }
}
