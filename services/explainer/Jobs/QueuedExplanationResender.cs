namespace Platform.Explainer.Jobs;

/// <summary>Sends the command of a queued explanation again: at start, for those a stopped process left, and when one seems lost.</summary>
internal sealed class QueuedExplanationResender(
    ExplanationQueue queue, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<QueuedExplanationResender> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        var before = time.GetUtcNow();
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await TryResendAsync(before, stoppingToken);
                before = time.GetUtcNow();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
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
