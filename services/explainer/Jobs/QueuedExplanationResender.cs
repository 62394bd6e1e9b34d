namespace Platform.Explainer.Jobs;

/// <summary>
/// Sends the command of a queued explanation again: at start, for those a stopped process left, soon when the broker did not take
/// one, and when one seems lost.
/// </summary>
internal sealed class QueuedExplanationResender(
    ExplanationQueue queue, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<QueuedExplanationResender> logger)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        var last = time.GetUtcNow();
        await TryResendAsync(last, stoppingToken);
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = time.GetUtcNow();
                if (!queue.HasUnsent && now - last < Interval)
                    continue;
                await TryResendAsync(queue.HasUnsent ? now : last, stoppingToken);
                last = now;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; the next start sends them again.
        }
    }

    /// <summary>The bus takes commands once the host has started.</summary>
    private Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        stoppingToken.Register(() => started.TrySetResult());
        return started.Task;
    }

    private async Task TryResendAsync(DateTimeOffset before, CancellationToken stoppingToken)
    {
        try
        {
            await queue.ResendAsync(before, stoppingToken);
        }
#pragma warning disable CA1031 // whatever went wrong, the next round tries again
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            JobsLog.ResendFailed(logger, exception);
        }
    }
}
