using Platform.Contracts.Inference;
using Platform.Hosting.Documents;
using Platform.Hosting.Messaging;
using Platform.Hosting.Work;

namespace Platform.Inference.Jobs;

/// <summary>Makes this process the one that runs a job.</summary>
internal sealed class JobStart(
    JobStore store, CommandReader commands, WorkClaims<JobRecord> claims, WorkProcesses<JobRecord> processes, JobLoad load, TimeProvider time)
{
    /// <summary>The job, begun; null when it has ended or another process has it.</summary>
    /// <exception cref="UnusableCommandException">No job can be made of the command.</exception>
    public async Task<BegunJob?> BeginAsync(SubmitPrediction command, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(command.JobId, cancellationToken) is { } known) return await TakeAsync(known, cancellationToken);
        if (await ReadAsync(command, cancellationToken) is not { Job: var job, Body: var body }) return null;

        await processes.BeatFirstAsync(cancellationToken);
        var begun = job.Begun(processes.Me);
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
        await store.TryPutAsync(job.Finish(JobOutcome.Failed(refusal), time.GetUtcNow()), expectedRevision: 0, cancellationToken);
        return null;
    }

    private async Task<BegunJob?> TakeAsync(Document<JobRecord> known, CancellationToken cancellationToken)
    {
        if (await claims.TryTakeAsync(known, cancellationToken) is not { } begun) return null;
        load.Begun(known.Value);
        return await store.ReadBodyAsync(known.Id, cancellationToken) is { } body ? new BegunJob(begun, body) : null;
    }
}
