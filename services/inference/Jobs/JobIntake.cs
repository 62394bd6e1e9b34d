using System.Diagnostics;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Inference.Callbacks;
using Platform.Inference.Predictions;

namespace Platform.Inference.Jobs;

/// <summary>
/// Accepts jobs that are submitted over HTTP. What can be found wrong at once is refused at once; what is accepted is stored
/// before the caller hears of it.
/// </summary>
internal sealed class JobIntake(
    JobStore store, JobCheck check, JobQueue queue, JobLoad load, CallbackPolicy callbacks, TimeProvider time)
{
    public async Task<Result<JobRecord>> AcceptAsync(JobSubmission submission, byte[] body, CancellationToken cancellationToken)
    {
        if (Refuse(submission) is { } refusal) return refusal;
        var key = submission.KeyId is null ? null : new JobKey(RequestIds.Create(time), JobSubmission.Digest(body));
        if (key is not null && await FindAsync(submission, key, cancellationToken) is { } known) return known;
        if (!(await check.CheckAsync(submission, body, cancellationToken)).Succeeded(out var target, out var wrong)) return wrong;
        if (!load.TryTake(body.Length)) return JobErrors.QueueFull;

        var job = Create(submission, target, key?.Job ?? RequestIds.Create(time), body.Length);
        if (!await store.TryAddAsync(job, body, key, cancellationToken))
            return await FindFasterAsync(submission, key, cancellationToken);
        await queue.BeginSendAsync(job);
        return job;
    }

    private Error? Refuse(JobSubmission submission)
    {
        if (!submission.HasValidKey) return JobErrors.BadKey;
        if (submission.PredictionId is { } id && !RequestIds.IsWellFormed(id)) return PredictionErrors.BadPredictionId;
        return submission.Callback is null ? null : callbacks.Refuse(submission.Callback);
    }

    /// <summary>What the key was used for: the same job, or the refusal of another request; null when it is new.</summary>
    private async Task<Result<JobRecord>?> FindAsync(JobSubmission submission, JobKey wanted, CancellationToken cancellationToken)
    {
        if (await store.FindKeyAsync(submission.KeyId!, cancellationToken) is not { } used) return null;
        if (used.Digest != wanted.Digest) return JobErrors.KeyReused;
        if (await store.FindAsync(used.Job, cancellationToken) is not { Value: var job }) return null;
        return submission.AsksFor(job) ? job : JobErrors.KeyReused;
    }

    /// <summary>Somebody was faster with the same key.</summary>
    private async Task<Result<JobRecord>> FindFasterAsync(JobSubmission submission, JobKey? key, CancellationToken cancellationToken)
    {
        var known = key is null ? null : await FindAsync(submission, key, cancellationToken);
        return known ?? JobErrors.TryAgain;
    }

    private JobRecord Create(JobSubmission submission, JobTarget target, string id, long bytes) => new()
    {
        Id = id,
        PredictionId = submission.PredictionId ?? id,
        Model = submission.Model,
        Wanted = submission.Version,
        Target = target.Version,
        Route = target.Route,
        RouteKey = submission.RouteKey,
        Key = submission.KeyId,
        RequestId = submission.RequestId,
        TraceId = Activity.Current?.TraceId.ToHexString(),
        BodyBytes = bytes,
        CreatedAt = time.GetUtcNow(),
        Callback = submission.Callback is null ? null : new Callback(submission.Callback),
    };
}
