using Platform.Hosting.Errors;
using Platform.Hosting.Work;

namespace Platform.Inference.Jobs;

/// <summary>Cancels a job that waits or runs.</summary>
internal sealed class JobCancellation(WorkCancellation<JobRecord> cancellation, JobLoad load)
{
    public async Task<Result<JobRecord>> CancelAsync(string id, CancellationToken cancellationToken)
    {
        if (await cancellation.CancelAsync(id, cancellationToken) is not var (before, now)) return JobErrors.Unknown(id);
        load.Left(before);
        return now.State == WorkState.Cancelled ? now : JobErrors.Finished(now.State);
    }
}
