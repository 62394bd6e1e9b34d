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

    /// <summary>The process that computes it; null when none does.</summary>
    public string? Worker { get; init; }

    /// <summary>
    /// Nobody else begins it before (UTC): until then the word of its worker counts, or it pauses between two attempts. Null: at once.
    /// </summary>
    public DateTimeOffset? FreeAt { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was finished (UTC); null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public ExplanationRecord Finish(Result<Explanation> result, DateTimeOffset now) =>
        result.Succeeded(out var explanation, out var failure)
            ? Ended(ExplanationState.Succeeded, now) with { Explanation = explanation }
            : Ended(ExplanationState.Failed, now) with { Failure = failure };

    private ExplanationRecord Ended(string state, DateTimeOffset now) =>
        this with { State = state, Request = null, Worker = null, FreeAt = null, FinishedAt = now };
}

/// <summary>Values of <see cref="ExplanationRecord.State"/>.</summary>
internal static class ExplanationState
{
    public const string Queued = "queued";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
}
