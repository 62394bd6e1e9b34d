using Microsoft.Extensions.Options;
using Platform.Explainer.Settings;
using Platform.Hosting.Work;

namespace Platform.Explainer.Jobs;

/// <summary>
/// Begins explanations in the background, wherever there is room. Whoever has accepted them, a process that has nothing to do takes them: at once
/// when it was this one, else within a moment.
/// </summary>
internal sealed class ExplanationWorkers(
    ExplanationStore store, ExplanationQueue queue, ExplanationAttempt attempt, WorkRoom<ExplanationRecord> room, WorkClaims<ExplanationRecord> claims,
    IOptions<ExplainerOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ExplanationWorkers> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await TryBeginAsync(stoppingToken)) await queue.WaitAsync(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // Stopping; what waits is in its documents.
            }
#pragma warning disable CA1031 // the store may be away: what is queued is in it and is looked for again
            catch (Exception exception)
#pragma warning restore CA1031
            {
                JobsLog.WorkFailed(logger, exception);
                await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Waits for room, and begins the explanation that waits longest and that nobody computes; false when there is none.</summary>
    private async Task<bool> TryBeginAsync(CancellationToken cancellationToken)
    {
        await room.EnterAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        var isBegun = false;
        try
        {
            isBegun = await TryBeginNextAsync(cancellationToken);
        }
        finally
        {
            if (!isBegun) room.Leave();
        }

        return isBegun;
    }

    private async Task<bool> TryBeginNextAsync(CancellationToken cancellationToken)
    {
        var queued = await store.FindAsync(WorkState.Queued, options.Value.QueuedJobs, cancellationToken);
        foreach (var job in queued.OrderBy(job => job.Value.CreatedAt))
            if (await room.TryBeginAsync(job.Id, claiming => claims.TryTakeAsync(job, claiming), attempt.RunAsync, cancellationToken)) return true;
        return false;
    }
}
