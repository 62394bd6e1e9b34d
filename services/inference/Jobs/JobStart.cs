using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Hosting.Documents;
using Platform.Inference.Delivery;

namespace Platform.Inference.Jobs;

/// <summary>Makes this process the one that runs a job.</summary>
internal sealed class JobStart(
    JobStore store, CommandReader commands, JobWorkers workers, JobLoad load, JobMetrics metrics, IOptions<JobOptions> options,
    TimeProvider time)
{
    /// <summary>The job, begun; null when it has ended or another process has it.</summary>
    /// <exception cref="UnusableCommandException">No job can be made of the command.</exception>
    public async Task<BegunJob?> BeginAsync(SubmitPrediction command, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(command.JobId, cancellationToken) is { } known) return await TakeAsync(known, cancellationToken);
        if (await ReadAsync(command, cancellationToken) is not { Job: var job, Body: var body }) return null;

        var begun = job.Begin(workers.Me);
        return await store.TryAddAsync(begun, body, key: null, cancellationToken) ? new BegunJob(new(job.Id, 1, begun), body) : null;
    }

    /// <summary>Stores a job that comes with its command, for whoever finds it waiting.</summary>
    /// <exception cref="UnusableCommandException">No job can be made of the command.</exception>
    public async Task LeaveQueuedAsync(SubmitPrediction command, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(command.JobId, cancellationToken) is not null) return;
        if (await ReadAsync(command, cancellationToken) is { Job: var job, Body: var body }) await store.TryAddAsync(job, body, key: null, cancellationToken);
    }

    /// <summary>The job of a command that is not known yet, with its body; null when it has ended here and now, as it can only fail.</summary>
    private async Task<(JobRecord Job, byte[] Body)?> ReadAsync(SubmitPrediction command, CancellationToken cancellationToken)
    {
        var (job, body) = commands.Read(command);
        if (commands.Refuse(command) is not { } refusal) return (job, body);
        await FinishAsync(job, 0, JobOutcome.Failed(refusal), cancellationToken);
        return null;
    }

    private async Task<BegunJob?> TakeAsync(Document<JobRecord> known, CancellationToken cancellationToken)
    {
        var job = known.Value;
        if (job.IsFinal || !await IsFreeAsync(job, cancellationToken)) return null;
        if (job.Attempts >= options.Value.MaxAttempts)
        {
            await FinishAsync(job, known.Revision, JobOutcome.Failed(JobErrors.GivenUp(job.Attempts)), cancellationToken);
            return null;
        }

        // Counted before the run: a job that takes the process down must not do so for ever.
        var begun = job.Begin(workers.Me);
        if (!await store.TryPutAsync(begun, known.Revision, cancellationToken)) return null;
        load.Begun(job);
        var body = await store.ReadBodyAsync(job.Id, cancellationToken);
        return body is null ? null : new BegunJob(new(job.Id, known.Revision + 1, begun), body);
    }

    /// <summary>A job of this process, entered again, is an attempt whose end could not be stored.</summary>
    private async Task<bool> IsFreeAsync(JobRecord job, CancellationToken cancellationToken) =>
        job.State == JobState.Queued || job.Worker == workers.Me || await workers.IsAbandonedAsync(job, cancellationToken);

    private async Task FinishAsync(JobRecord job, long revision, JobOutcome outcome, CancellationToken cancellationToken)
    {
        var finished = job.Finish(outcome, time.GetUtcNow());
        if (await store.TryFinishAsync(finished, revision, cancellationToken)) metrics.Finished(finished);
    }
}

/// <summary>A job that this process runs.</summary>
internal sealed record BegunJob(Document<JobRecord> Job, byte[] Body);
