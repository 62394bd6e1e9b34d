using Platform.Contracts.Inference;
using Platform.Hosting.Messaging;
using Platform.Hosting.Work;

namespace Platform.Inference.Jobs;

/// <summary>
/// Begins the job of a command where there is room for it. From then on its document says that it is run here, and the command has done its part:
/// a broker would take it back, and give up the job in the end, were it not acknowledged for as long as a run may take.
/// </summary>
internal sealed class JobProcessor(JobStart start, JobAttempt attempt, WorkRoom<JobRecord> room, IHostApplicationLifetime lifetime)
{
    /// <summary>Completes when the job has been begun, or is somebody else's business. False when there was no room for it for a while.</summary>
    public async Task<bool> TryBeginAsync(SubmitPrediction command, CancellationToken cancellationToken)
    {
        if (!await room.EnterAsync(CommandQueues.Patience, cancellationToken)) return false;
        var isBegun = false;
        try
        {
            // What comes while the process stops is left to others, or to the next start.
            if (lifetime.ApplicationStopping.IsCancellationRequested) await start.LeaveQueuedAsync(command, cancellationToken);
            else isBegun = await room.TryBeginAsync(command.JobId, claiming => start.BeginAsync(command, claiming), attempt.RunAsync, cancellationToken);
        }
        finally
        {
            if (!isBegun) room.Leave();
        }

        return true;
    }
}
