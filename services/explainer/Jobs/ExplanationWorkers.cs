using Microsoft.Extensions.Options;
using Platform.Explainer.Settings;

namespace Platform.Explainer.Jobs;

/// <summary>
/// Computes explanations in the background, so many at a time. Whoever has accepted them, a process that has nothing to do takes them: at once
/// when it was this one, else within a moment.
/// </summary>
internal sealed class ExplanationWorkers(
    ExplanationQueue queue, ExplanationLeases leases, ExplanationProcessor processor, IOptions<ExplainerOptions> options,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ExplanationWorkers> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, options.Value.JobConcurrency).Select(_ => WorkAsync(stoppingToken)));
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await leases.TakeNextAsync(stoppingToken) is { } job) await processor.ProcessAsync(job, stoppingToken);
                else await queue.WaitAsync(Look, stoppingToken);
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

    /// <summary>In a process that holds the registry too, it answers once the host has started.</summary>
    private Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        stoppingToken.Register(() => started.TrySetResult());
        return started.Task;
    }
}
