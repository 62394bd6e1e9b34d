using Platform.Explainer.Explanations;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Jobs;

/// <summary>An explanation as a document: asked for, and later its result or the reason why there is none.</summary>
internal sealed record ExplanationRecord
{
    /// <summary>The explanation's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>queued, succeeded or failed.</summary>
    public string State { get; init; } = ExplanationState.Queued;

    /// <summary>What was asked; kept until there is a result, as it may hold personal data.</summary>
    public ExplanationRequest? Request { get; init; }

    /// <summary>The result.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>Why there is no result.</summary>
    public Error? Failure { get; init; }

    /// <summary>How often its computation has begun in the background.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was finished (UTC); null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public ExplanationRecord Finish(Result<Explanation> result, DateTimeOffset now) =>
        result.Succeeded(out var explanation, out var failure)
            ? this with { State = ExplanationState.Succeeded, Explanation = explanation, Request = null, FinishedAt = now }
            : this with { State = ExplanationState.Failed, Failure = failure, Request = null, FinishedAt = now };
}

/// <summary>Values of <see cref="ExplanationRecord.State"/>.</summary>
internal static class ExplanationState
{
    public const string Queued = "queued";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
}
