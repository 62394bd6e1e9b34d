using System.Text.Json.Nodes;

namespace Platform.Client.Records;

/// <summary>What a person says of a prediction.</summary>
/// <param name="Verdict"><see cref="Agree"/>, <see cref="Disagree"/> or <see cref="Unsure"/>.</param>
public sealed record Feedback(string Verdict)
{
    /// <summary>The answer is right.</summary>
    public const string Agree = "agree";

    /// <summary>The answer is wrong.</summary>
    public const string Disagree = "disagree";

    /// <summary>It cannot be said.</summary>
    public const string Unsure = "unsure";

    /// <summary>What would have been right, a class or a number; it counts as a label. Null where that is not said.</summary>
    public JsonNode? Label { get; init; }

    /// <summary>What is said of single features' part in the answer.</summary>
    public IReadOnlyList<AttributionComment> Attributions { get; init; } = [];

    /// <summary>Anything else.</summary>
    public string? Comment { get; init; }

    internal JsonObject Body()
    {
        var body = new JsonObject { ["verdict"] = Verdict };
        if (Label is not null) body["label"] = Label.DeepClone();
        if (Attributions.Count > 0)
            body["attributions"] = new JsonArray([.. Attributions.Select(each => new JsonObject { ["feature"] = each.Feature, ["comment"] = each.Comment })]);
        if (Comment is not null) body["comment"] = Comment;
        return body;
    }
}

/// <summary>What is said of a feature's part in an answer.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Comment">What is said of it.</param>
public sealed record AttributionComment(string Feature, string Comment);

/// <summary>Feedback as it was taken.</summary>
/// <param name="Id">Its own id.</param>
/// <param name="PredictionId">The row that it is about.</param>
/// <param name="At">When it came in.</param>
public sealed record FeedbackReceipt(string Id, string PredictionId, DateTimeOffset At);

/// <summary>Feedback as it is kept.</summary>
/// <param name="Id">Its own id.</param>
/// <param name="PredictionId">The row that it is about.</param>
/// <param name="Verdict">agree, disagree or unsure.</param>
/// <param name="Label">What would have been right; null where that was not said.</param>
/// <param name="Attributions">What was said of single features.</param>
/// <param name="Comment">Anything else.</param>
/// <param name="By">Who has said it.</param>
/// <param name="At">When.</param>
public sealed record RecordedFeedback(string Id, string PredictionId, string Verdict, string? Label, IReadOnlyList<AttributionComment> Attributions,
    string? Comment, string By, DateTimeOffset At);
