using Platform.Contracts.Inference;
using Platform.Hosting.Documents;

namespace Platform.Inference.Jobs;

/// <summary>
/// Takes a job from its command to its end. Whatever dies on the way, the document says how far the job has come: it is begun
/// again by whoever finds it, and ended by exactly one.
/// </summary>
internal sealed class JobProcessor(
    JobStore store, JobStart start, JobPatience patience, RunningJobs running, JobMetrics metrics,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<JobProcessor> logger)
{
    /// <summary>Completes when the job has ended, or is somebody else's business.</summary>
    public async Task ProcessAsync(SubmitPrediction command, CancellationToken cancellationToken)
    {
        // What comes while the process stops is left to others, or to the next start.
        if (lifetime.ApplicationStopping.IsCancellationRequested) return;
        if (!running.TryEnter(command.JobId, lifetime.ApplicationStopping, out var entry)) return;
        using (entry)
        {
            if (await start.BeginAsync(command, cancellationToken) is not { } begun) return;
            var outcome = await WaitAsync(RunAsync(begun, entry.Token), entry.Token);
            if (outcome is not null) await FinishAsync(begun.Job, outcome, cancellationToken);
            else if (lifetime.ApplicationStopping.IsCancellationRequested) await PutBackAsync(begun.Job);
        }
    }

    /// <summary>A run is broken off soon after its last caller has left; neither who cancels nor the end of the process waits for that.</summary>
    private static async Task<JobOutcome?> WaitAsync(Task<JobOutcome?> running, CancellationToken stop)
    {
        await Task.WhenAny(running, Task.Delay(Timeout.Infinite, stop));
        return running.IsCompleted ? await running : null;
    }

    /// <summary>How the job ends; null when it was stopped.</summary>
    private async Task<JobOutcome?> RunAsync(BegunJob begun, CancellationToken stop)
    {
        try
        {
            return await patience.RunAsync(begun.Job.Value, begun.Body, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // a fault of ours would come back at every attempt: its owner is told, and we are
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.Broken(exception, begun.Job.Id, begun.Job.Value.Model);
            return JobOutcome.Failed(JobErrors.Broken);
        }
    }

    /// <summary>Where another was faster, cancelling it or taking this process for dead, its word stands.</summary>
    private async Task FinishAsync(Document<JobRecord> job, JobOutcome outcome, CancellationToken cancellationToken)
    {
        var finished = job.Value.Finish(outcome, time.GetUtcNow());
        if (await store.TryFinishAsync(finished, job.Revision, cancellationToken)) metrics.Finished(finished);
    }

    private async Task PutBackAsync(Document<JobRecord> job)
    {
        if (await store.TryPutAsync(job.Value.PutBack(), job.Revision, CancellationToken.None)) logger.PutBack(job.Id);
    }
}
