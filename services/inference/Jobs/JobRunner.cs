using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Hosting.Errors;
using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;
using Platform.Inference.Recording;

namespace Platform.Inference.Jobs;

/// <summary>Runs one job through its model's batcher, as a request over HTTP would be, once.</summary>
internal sealed class JobRunner(
    OnDemand onDemand, AnswerWriter answers, PredictionRecorder recorder, InferenceMetrics metrics, IOptions<JobOptions> options,
    TimeProvider time)
{
    /// <summary>How the job ends, or why it cannot be told yet: 503 for what may go better in a moment.</summary>
    public async Task<Result<JobOutcome>> TryRunAsync(JobRecord job, byte[] body, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var found = await onDemand.AcquireAsync(job.Model, job.Wanted, cancellationToken);
        if (!found.Succeeded(out var version, out var unknown)) return unknown;

        var prediction = version.Predictions.Rent();
        prediction.Begin(Facts(job, started), cancellationToken);
        using var activity = InferenceTracing.Start(version);
        try
        {
            return await RunAsync(job, version, prediction, body, cancellationToken);
        }
        finally
        {
            prediction.Facts.Ended = time.GetTimestamp();
            answers.Release(prediction);
            Account(version, prediction);
            InferenceTracing.End(activity, prediction);
            version.Predictions.Return(prediction);
            version.Release();
        }
    }

    private async Task<Result<JobOutcome>> RunAsync(
        JobRecord job, LoadedVersion version, Prediction prediction, byte[] body, CancellationToken cancellationToken)
    {
        if (JobCheck.Read(body, prediction.Request) is { } refusal) return Rejected(prediction, refusal, version);
        prediction.TakeInputs(body, version.Records);

        var result = await QueuedRun.RunAsync(version, prediction, time);
        var problem = result.Problem ?? "";
        switch (result.Status)
        {
            case BatchStatus.Completed:
                return Answer(version, prediction);
            case BatchStatus.Failed:
                prediction.End(PredictionStatus.Failed, problem);
                return JobOutcome.Failed(PredictionErrors.RunFailed(problem), version.Version);
            case BatchStatus.WorkerDied:
                prediction.End(PredictionStatus.Failed, problem);
                return JobOutcome.Failed(PredictionErrors.WorkerDied(problem), version.Version);
            case BatchStatus.WorkerAway:
                return PredictionErrors.WorkerAway(problem);
            case BatchStatus.TimedOut:
                return Rejected(prediction, PredictionErrors.TimedOut(problem), version);
            case BatchStatus.Refused:
                return PredictionErrors.QueueFull(problem);
            default:
                throw new OperationCanceledException($"Job {job.Id} was stopped while it waited.", cancellationToken);
        }
    }

    private Result<JobOutcome> Answer(LoadedVersion version, Prediction prediction)
    {
        if (answers.Write(version, prediction) is { } refusal)
        {
            if (refusal == PredictionErrors.Busy) return refusal;
            prediction.End(PredictionStatus.Failed, refusal.Detail);
            return JobOutcome.Failed(refusal, version.Version);
        }

        prediction.End(PredictionStatus.Succeeded);
        if (prediction.Answer.Length > options.Value.MaxResultBytes)
            return JobOutcome.Failed(JobErrors.ResultTooLarge(options.Value.MaxResultBytes), version.Version);
        using var answer = JsonDocument.Parse(prediction.Answer.WrittenMemory);
        return JobOutcome.Succeeded(version.Version, answer.RootElement.Clone());
    }

    private static JobOutcome Rejected(Prediction prediction, Error error, LoadedVersion version)
    {
        prediction.End(PredictionStatus.Rejected, error.Detail);
        return JobOutcome.Failed(error, version.Version);
    }

    /// <summary>An attempt that found no room, or was stopped while it waited, answered nothing and leaves no record.</summary>
    private void Account(LoadedVersion version, Prediction prediction)
    {
        if (prediction.Status == PredictionStatus.Cancelled) return;
        recorder.Record(version, prediction);
        metrics.Ended(version, prediction);
        version.Statistics.Add(prediction);
    }

    private PredictionFacts Facts(JobRecord job, long started) => new()
    {
        Id = job.PredictionId,
        RequestId = job.RequestId,
        Route = job.Wanted is null ? ModelEntry.Champion : job.Wanted.All(char.IsAsciiDigit) ? "version" : job.Wanted,
        TraceId = job.TraceId,
        TraceParent = InferenceTracing.Parent,
        At = time.GetUtcNow(),
        Started = started,
    };
}
