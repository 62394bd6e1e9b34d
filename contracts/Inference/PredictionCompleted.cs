using System.Text.Json;

namespace Platform.Contracts.Inference;

/// <summary>Sent by inference once a job has its result: one for each job, however often it was asked for or begun.</summary>
public sealed record PredictionCompleted : IEvent
{
    /// <summary>The job's id.</summary>
    public string JobId { get; init; } = "";

    /// <summary>The prediction's id in the prediction log, and for ground truth and explanations.</summary>
    public string PredictionId { get; init; } = "";

    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version that answered.</summary>
    public string Version { get; init; } = "";

    /// <summary>The v2 infer response; absent when it is too large for a message: then <c>GET /v1/jobs/{id}</c> has it.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>When it was finished (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
