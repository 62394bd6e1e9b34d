using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Hosting.Work;
using Platform.Inference.Callbacks;

namespace Platform.Inference.Jobs;

/// <summary>A job as a document. The body is a document of its own, which goes when the job has ended.</summary>
internal sealed record JobRecord : WorkRecord
{
    public string PredictionId { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>The number or alias that was asked for; null for the champion.</summary>
    public string? Wanted { get; init; }

    /// <summary>The version that it was submitted for; null where that is known only when it runs.</summary>
    public string? Target { get; init; }

    /// <summary>Why that version; null where it is not known yet.</summary>
    public string? Route { get; init; }

    /// <summary>The caller's key for a sticky split; null when it sent none.</summary>
    public string? RouteKey { get; init; }

    /// <summary>The version that answered; null before.</summary>
    public string? Version { get; init; }

    /// <summary>The document of its idempotency key; null when it has none.</summary>
    public string? Key { get; init; }

    public string RequestId { get; init; } = "";

    public string? TraceId { get; init; }

    /// <summary>Size of the body in bytes.</summary>
    public long BodyBytes { get; init; }

    /// <summary>The v2 infer response.</summary>
    public JsonElement? Result { get; init; }

    public JobError? Error { get; init; }

    /// <summary>Null when nobody is to be told.</summary>
    public Callback? Callback { get; init; }

    public JobRecord Finish(JobOutcome outcome, DateTimeOffset now) => this with
    {
        State = outcome.State,
        Version = outcome.Version ?? Version,
        Result = outcome.Result,
        Error = outcome.Error,
        Worker = null,
        FinishedAt = now,
    };
}

/// <summary>Why a job has no result.</summary>
/// <param name="Status">The HTTP status that the same request would have had.</param>
/// <param name="Code">A stable code, as in problem details.</param>
/// <param name="Detail">For a person.</param>
internal sealed record JobError(int Status, string Code, string Detail)
{
    public static JobError Of(Error error) => new(error.Status, error.Code, error.Detail);
}
