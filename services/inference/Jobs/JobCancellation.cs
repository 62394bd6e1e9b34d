using Platform.Hosting.Errors;

namespace Platform.Inference.Jobs;

/// <summary>Cancels a job: the document first, then its run, wherever that is: the end of a run whose job has ended counts for nothing.</summary>
internal sealed class JobCancellation(JobStore store, RunningJobs running, JobLoad load, JobMetrics metrics, TimeProvider time)
{
    public async Task<Result<JobRecord>> CancelAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.FindAsync(id, cancellationToken) is not { } known) return JobErrors.Unknown(id);
            var job = known.Value;
            if (job.State == JobState.Cancelled) return job;
            if (job.IsFinal) return JobErrors.Finished(job.State);

            var cancelled = job.Finish(JobOutcome.Cancelled, time.GetUtcNow());
            if (!await store.TryFinishAsync(cancelled, known.Revision, cancellationToken)) continue;
            load.Left(job);
            running.Cancel(id);
            metrics.Finished(cancelled);
            return cancelled;
        }
    }
}
