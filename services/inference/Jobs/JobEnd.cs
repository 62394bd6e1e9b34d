using Platform.Hosting.Documents;

namespace Platform.Inference.Jobs;

/// <summary>
/// Runs a job that was begun, to its end. Whatever dies on the way, the document says how far the job has come: it is begun again by whoever finds
/// it, and ended by exactly one.
/// </summary>
internal sealed class JobEnd(
    JobStore store, JobPatience patience, JobMetrics metrics, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<JobEnd> logger)
{
    private const int StoringAttempts = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Never fails. While nothing can be stored, it waits: a job that were begun again would be recorded twice under one id. What cannot be stored
    /// for another reason is found by the <see cref="JobSweeper"/>, and begun again.
    /// </summary>
    public async Task RunAsync(BegunJob begun, CancellationToken stop)
    {
        var outcome = await WaitAsync(TryRunAsync(begun, stop), stop);
        if (outcome is not null) await StoreAsync(begun.Job, () => FinishAsync(begun.Job, outcome));
        else if (lifetime.ApplicationStopping.IsCancellationRequested) await StoreAsync(begun.Job, () => PutBackAsync(begun.Job));
    }

    /// <summary>A run is broken off soon after its last caller has left; neither who cancels nor the end of the process waits for that.</summary>
    private static async Task<JobOutcome?> WaitAsync(Task<JobOutcome?> running, CancellationToken stop)
    {
        await Task.WhenAny(running, Task.Delay(Timeout.Infinite, stop));
        return running.IsCompleted ? await running : null;
    }

    /// <summary>How the job ends; null when it was stopped.</summary>
    private async Task<JobOutcome?> TryRunAsync(BegunJob begun, CancellationToken stop)
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

    /// <summary>Whether to store again after so many attempts: always where the store or its disk is at fault, which takes what it takes.</summary>
    internal static bool IsRepeated(int attempts, Exception failure) =>
        attempts < StoringAttempts || failure is IOException or UnauthorizedAccessException;

    /// <summary>Repeats a change while the store is away or full, however long that is. A process that stops does not wait for that.</summary>
    private async Task StoreAsync(Document<JobRecord> job, Func<Task> change)
    {
        var pause = TimeSpan.FromSeconds(0.1);
        for (var attempt = 1; ; attempt++)
        {
            bool isRepeated;
            try
            {
                await change();
                return;
            }
#pragma warning disable CA1031 // whatever it was: it is tried again, and in the end left to whoever finds the job
            catch (Exception exception)
#pragma warning restore CA1031
            {
                isRepeated = IsRepeated(attempt, exception);
                logger.NotStored(exception, job.Id);
            }

            if (!isRepeated || lifetime.ApplicationStopping.IsCancellationRequested) return;
            await Task.Delay(pause, time, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Where another was faster, cancelling it or taking this process for dead, its word stands.</summary>
    private async Task FinishAsync(Document<JobRecord> job, JobOutcome outcome)
    {
        var finished = job.Value.Finish(outcome, time.GetUtcNow());
        if (await store.TryFinishAsync(finished, job.Revision, CancellationToken.None)) metrics.Finished(finished);
    }

    private async Task PutBackAsync(Document<JobRecord> job)
    {
        if (await store.TryPutAsync(job.Value.PutBack(), job.Revision, CancellationToken.None)) logger.PutBack(job.Id);
    }
}
