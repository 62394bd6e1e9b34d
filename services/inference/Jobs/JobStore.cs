using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
using Platform.Hosting.Work;
using Platform.Inference.Callbacks;

namespace Platform.Inference.Jobs;

/// <summary>The jobs as documents. What goes with a job's end: its event, the removal of its body, the date of its own removal, and its callback.</summary>
internal sealed class JobStore(
    [FromKeyedServices(InferenceService.Name)] IDocumentStore documents, JobMetrics metrics, IOptions<JobOptions> options, TimeProvider time)
    : WorkStore<JobRecord>(documents, "jobs")
{
    private const string Bodies = "job-bodies";
    private const string Keys = "job-keys";
    private const string Expiries = "job-expiries";

    public async ValueTask<JobKey?> FindKeyAsync(string key, CancellationToken cancellationToken) =>
        (await Documents.GetAsync<JobKey>(Keys, key, cancellationToken))?.Value;

    /// <summary>The body; null when the job has ended.</summary>
    public async ValueTask<byte[]?> ReadBodyAsync(string id, CancellationToken cancellationToken) =>
        (await Documents.GetAsync<JobBody>(Bodies, id, cancellationToken))?.Value.Json;

    /// <summary>Stores a new job with its body and its key. False when the job or the key is there already.</summary>
    public async Task<bool> TryAddAsync(JobRecord job, byte[] body, JobKey? key, CancellationToken cancellationToken)
    {
        var batch = Put(new DocumentBatch(), job, expectedRevision: 0).Put(Bodies, job.Id, new JobBody(body), expectedRevision: 0);
        if (key is not null) batch.Put(Keys, job.Key!, key, expectedRevision: 0);
        return await Documents.CommitAsync(batch, cancellationToken) is null;
    }

    /// <summary>Removes the ended jobs that are no longer kept, and what belongs to them.</summary>
    public override Task<int> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return RemoveDueAsync<JobExpiry>(Expiries, expiry => expiry.At <= now, RemoveJob, cancellationToken);

        void RemoveJob(DocumentBatch batch, JobExpiry expiry)
        {
            Remove(batch, expiry.Job);
            if (expiry.Key is { } key) batch.Delete(Keys, key);
        }
    }

    protected override JobRecord GiveUp(JobRecord work, DateTimeOffset now) => work.Finish(JobOutcome.Failed(JobErrors.GivenUp(work.Attempts)), now);

    protected override JobRecord Cancel(JobRecord work, DateTimeOffset now) => work.Finish(JobOutcome.Cancelled, now);

    protected override void End(DocumentBatch batch, JobRecord work)
    {
        var (finishedAt, settings) = (work.FinishedAt!.Value, options.Value);
        var goesAt = finishedAt + settings.Retention;
        batch.Delete(Bodies, work.Id).Put(Expiries, IdOf(goesAt, work.Id), new JobExpiry(work.Id, work.Key, goesAt), expectedRevision: null);
        JobEvents.Add(batch, work, settings.MaxEventResultBytes);
        if (work.Callback is not null) CallbackQueue.Add(batch, work.Id, finishedAt);
    }

    protected override void Ended(JobRecord work) => metrics.Finished(work);
}

/// <summary>A body, byte for byte as it came.</summary>
internal sealed record JobBody(byte[] Json);

/// <summary>What an idempotency key was used for.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="Digest">SHA-256 of the body.</param>
internal sealed record JobKey(string Job, string Digest);

/// <summary>When a job goes.</summary>
internal sealed record JobExpiry(string Job, string? Key, DateTimeOffset At);
