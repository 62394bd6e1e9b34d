using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Requests;
using Platform.Inference.Telemetry;

namespace Platform.Inference.Jobs;

/// <summary>Runs one job as a request over HTTP would be, once.</summary>
internal sealed class JobRunner(DataPlane plane, IOptions<JobOptions> options, TimeProvider time)
{
    /// <summary>How the job ends, or why it cannot be told yet: 503 for what may go better in a moment.</summary>
    /// <exception cref="OperationCanceledException">The job was stopped while it waited.</exception>
    public async Task<Result<JobOutcome>> TryRunAsync(JobRecord job, byte[] body, CancellationToken cancellationToken)
    {
        var call = new JobCall(body, options.Value, time, cancellationToken);
        await plane.PredictAsync(call, job.Model, job.Target ?? job.Wanted, Facts(job, time.GetTimestamp()));
        if (call.WasStopped) throw new OperationCanceledException($"Job {job.Id} was stopped while it waited.", cancellationToken);
        return call.Result;
    }

    private PredictionFacts Facts(JobRecord job, long started) => new()
    {
        Id = job.PredictionId,
        RequestId = job.RequestId,
        Route = job.Route ?? ModelEntry.RouteOf(job.Wanted),
        RouteKey = job.RouteKey,
        TraceId = job.TraceId,
        TraceParent = InferenceTracing.Parent,
        At = time.GetUtcNow(),
        Started = started,
    };
}
