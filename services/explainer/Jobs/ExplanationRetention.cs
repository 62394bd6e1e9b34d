using Microsoft.Extensions.Options;
using Platform.Explainer.Settings;

namespace Platform.Explainer.Jobs;

/// <summary>Removes finished explanations that are older than they are kept.</summary>
internal sealed class ExplanationRetention(
    ExplanationStore store, IOptions<ExplainerOptions> options, TimeProvider time, ILogger<ExplanationRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryRemoveAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TryRemoveAsync(CancellationToken stoppingToken)
    {
        try
        {
            var removed = await store.RemoveFinishedBeforeAsync(time.GetUtcNow() - options.Value.Retention, stoppingToken);
            if (removed > 0)
                JobsLog.Removed(logger, removed);
        }
#pragma warning disable CA1031 // whatever went wrong, the next round tries again
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            JobsLog.RemovalFailed(logger, exception);
        }
    }
}
