using Platform.Explainer.Explanations;
using Platform.Hosting.Errors;
using Platform.Hosting.Work;

namespace Platform.Explainer.Jobs;

/// <summary>An explanation as a document: asked for, and later its result or the reason why there is none.</summary>
internal sealed record ExplanationRecord : WorkRecord
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>What was asked; kept until there is a result, as it may hold personal data.</summary>
    public ExplanationRequest? Request { get; init; }

    /// <summary>The result.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>Why there is no result.</summary>
    public Error? Failure { get; init; }

    public ExplanationRecord Finish(Result<Explanation> result, DateTimeOffset now) =>
        result.Succeeded(out var explanation, out var failure)
            ? Ended(WorkState.Succeeded, now) with { Explanation = explanation }
            : Ended(WorkState.Failed, now) with { Failure = failure };

    public ExplanationRecord Cancel(DateTimeOffset now) => Ended(WorkState.Cancelled, now) with { Failure = ExplanationErrors.Cancelled() };

    private ExplanationRecord Ended(string state, DateTimeOffset now) =>
        this with { State = state, Request = null, Worker = null, FreeAt = null, FinishedAt = now };
}
