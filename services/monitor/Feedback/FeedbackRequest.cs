using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Platform.Hosting.OpenApi;

namespace Platform.Monitor.Feedback;

/// <summary>What a person says of a prediction.</summary>
internal sealed record FeedbackRequest
{
    /// <summary>Whether the person agrees with the answer.</summary>
    [Required, OneOf(typeof(Verdict))]
    public string? Verdict { get; init; }

    /// <summary>What would have been right: a class, by name or number, or a number. It counts as ground truth.</summary>
    [JsonShape(JsonShapeAttribute.ScalarOrNull)]
    public JsonElement? Label { get; init; }

    /// <summary>What the person says of what single features added to the answer.</summary>
    public IReadOnlyList<AttributionComment?>? Attributions { get; init; }

    /// <summary>Anything else, for the record.</summary>
    public string? Comment { get; init; }
}

/// <summary>What a person says of what a feature added to an answer.</summary>
internal sealed record AttributionComment
{
    /// <summary>The feature's name.</summary>
    [Required]
    public string? Feature { get; init; }

    /// <summary>What is said of it.</summary>
    [Required]
    public string? Comment { get; init; }
}

/// <summary>How a person judges an answer.</summary>
internal static class Verdict
{
    public const string Agree = "agree";
    public const string Disagree = "disagree";
    public const string Unsure = "unsure";

    public static readonly IReadOnlyList<string> All = [Agree, Disagree, Unsure];
}

/// <summary>Feedback that was taken.</summary>
/// <param name="Id">Its own id.</param>
/// <param name="PredictionId">The row that it is about.</param>
/// <param name="At">When it came in.</param>
internal sealed record FeedbackAnswer(string Id, string PredictionId, DateTimeOffset At);
