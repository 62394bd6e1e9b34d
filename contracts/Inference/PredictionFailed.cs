namespace Platform.Contracts.Inference;

/// <summary>Sent by inference when a job has ended without a result, cancelled ones included: one for each such job.</summary>
public sealed record PredictionFailed : IEvent
{
    /// <summary>The job's id.</summary>
    public string JobId { get; init; } = "";

    /// <summary>The prediction's id.</summary>
    public string PredictionId { get; init; } = "";

    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>A stable code, as in problem details; <c>inference.job_cancelled</c> for a cancelled job.</summary>
    public string Code { get; init; } = "";

    /// <summary>Why, for a person.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it ended (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
