using Microsoft.Extensions.Options;

namespace Platform.Inference.Jobs;

/// <summary>Notes three times within the time-out that this process is alive.</summary>
internal sealed class JobHeartbeat(
    JobWorkers workers, IOptions<JobOptions> options, TimeProvider time, ILogger<JobHeartbeat> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WorkerTimeout / 3, time);
        try
        {
            do await TryBeatAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TryBeatAsync(CancellationToken stoppingToken)
    {
        try
        {
            await workers.BeatAsync(stoppingToken);
        }
#pragma warning disable CA1031 // whatever went wrong, the next beat comes soon
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.SweepFailed(exception);
        }
    }
}
