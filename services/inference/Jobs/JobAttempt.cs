using Platform.Hosting.Documents;
using Platform.Hosting.Work;

namespace Platform.Inference.Jobs;

/// <summary>Runs a job that was begun, to its end.</summary>
internal sealed class JobAttempt(JobPatience patience, WorkRuns<JobRecord> runs, TimeProvider time, ILogger<JobAttempt> logger)
{
    public Task<Task> RunAsync(BegunJob begun, CancellationToken stop) => runs.RunAsync(begun.Job, async stopping =>
    {
        var outcome = await TryRunAsync(begun, stopping);
        return job => job.Finish(outcome, time.GetUtcNow());
    }, stop);

    private async Task<JobOutcome> TryRunAsync(BegunJob begun, CancellationToken stop)
    {
        try
        {
            return await patience.RunAsync(begun.Job.Value, begun.Body, stop);
        }
#pragma warning disable CA1031 // a fault of ours would come back at every attempt: its owner is told, and we are
        catch (Exception exception) when (exception is not OperationCanceledException || !stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.Broken(exception, begun.Job.Id, begun.Job.Value.Model);
            return JobOutcome.Failed(JobErrors.Broken);
        }
    }
}

/// <summary>A job that this process runs.</summary>
internal sealed record BegunJob(Document<JobRecord> Job, byte[] Body);
