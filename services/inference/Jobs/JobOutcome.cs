using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Hosting.Work;

namespace Platform.Inference.Jobs;

/// <summary>How a job ends.</summary>
internal sealed record JobOutcome(string State, string? Version, JsonElement? Result, JobError? Error)
{
    public static JobOutcome Succeeded(string version, JsonElement result) => new(WorkState.Succeeded, version, result, null);

    public static JobOutcome Failed(Error error, string? version = null) => new(WorkState.Failed, version, null, JobError.Of(error));

    public static JobOutcome Cancelled { get; } = new(WorkState.Cancelled, null, null, JobError.Of(JobErrors.Cancelled));
}
