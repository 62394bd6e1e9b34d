using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Hosting.Messaging;

namespace Platform.Inference.Jobs;

/// <summary>
/// Begins the job of a command where there is room for it. From then on its document says that it is run here, and the command has done its part:
/// a broker would take it back, and give up the job in the end, were it not acknowledged for as long as a run may take.
/// </summary>
internal sealed class JobProcessor(
    JobStart start, JobEnd end, RunningJobs running, IOptions<JobOptions> options, IHostApplicationLifetime lifetime) : IDisposable
{
    private readonly SemaphoreSlim _room = new(options.Value.Concurrency);

    /// <summary>Completes when the job has been begun, or is somebody else's business. False when there was no room for it for a while.</summary>
    public async Task<bool> TryBeginAsync(SubmitPrediction command, CancellationToken cancellationToken)
    {
        if (!await _room.WaitAsync(CommandQueues.Patience, cancellationToken)) return false;
        RunningJobs.Entry? entry = null;
        BegunJob? begun = null;
        try
        {
            // What comes while the process stops is left to others, or to the next start.
            if (lifetime.ApplicationStopping.IsCancellationRequested) await start.LeaveQueuedAsync(command, cancellationToken);
            else if (running.TryEnter(command.JobId, lifetime.ApplicationStopping, out entry)) begun = await start.BeginAsync(command, cancellationToken);
        }
        finally
        {
            if (begun is null) Leave(entry);
        }

        if (begun is not null) _ = Task.Run(() => RunAsync(begun, entry!), CancellationToken.None);
        return true;
    }

    /// <summary>Waits until nothing runs here any more, once the process stops.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < options.Value.Concurrency; i++) await _room.WaitAsync(cancellationToken);
        _room.Release(options.Value.Concurrency);
    }

    public void Dispose() => _room.Dispose();

    private async Task RunAsync(BegunJob begun, RunningJobs.Entry entry)
    {
        try
        {
            await end.RunAsync(begun, entry.Token);
        }
        finally
        {
            Leave(entry);
        }
    }

    private void Leave(RunningJobs.Entry? entry)
    {
        entry?.Dispose();
        _room.Release();
    }
}
