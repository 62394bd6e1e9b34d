using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;

namespace Platform.Inference.Jobs;

/// <summary>
/// Which processes are alive: each notes from time to time that it is. That a process is taken for dead by mistake costs a
/// second run of its jobs, never a second answer: that is up to the jobs' revisions.
/// </summary>
internal sealed class JobWorkers(
    [FromKeyedServices(InferenceService.Name)] IDocumentStore documents, RunningJobs running, IOptions<JobOptions> options, TimeProvider time)
{
    private const string Collection = "job-workers";
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>This process; another one after every start.</summary>
    public string Me { get; } = $"{Environment.MachineName}-{Guid.NewGuid():n}";

    /// <summary>Notes that this process is alive.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken) =>
        await documents.CommitAsync(
            new DocumentBatch().Put(Collection, Me, new JobWorker(time.GetUtcNow()), expectedRevision: null), cancellationToken);

    /// <summary>Notes that this process will run nothing more.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken) =>
        await documents.CommitAsync(new DocumentBatch().Delete(Collection, Me), cancellationToken);

    /// <summary>True when nobody is at a job that is said to be running.</summary>
    public async Task<bool> IsAbandonedAsync(JobRecord job, CancellationToken cancellationToken)
    {
        if (job.Worker == Me) return !running.Contains(job.Id);
        var worker = await documents.GetAsync<JobWorker>(Collection, job.Worker!, cancellationToken);
        return worker is null || worker.Value.At < time.GetUtcNow() - options.Value.WorkerTimeout;
    }

    /// <summary>Forgets processes that have long been gone.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<JobWorker>(new DocumentQuery(Collection), cancellationToken);
        var batch = new DocumentBatch();
        foreach (var worker in page.Items.Where(worker => worker.Value.At < time.GetUtcNow() - Remembered)) batch.Delete(Collection, worker.Id);
        await documents.CommitAsync(batch, cancellationToken);
    }
}

/// <summary>When a process was last alive.</summary>
internal sealed record JobWorker(DateTimeOffset At);
