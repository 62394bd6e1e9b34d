namespace Platform.Hosting.Work;

/// <summary>Notes three times within the time-out that this process is alive.</summary>
internal sealed class WorkHeartbeat<T>(
    WorkProcesses<T> processes, WorkSettings<T> settings, TimeProvider time, ILogger<WorkHeartbeat<T>> logger) : BackgroundService
    where T : WorkRecord
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Timeout / 3, time);
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
            await processes.BeatAsync(stoppingToken);
        }
#pragma warning disable CA1031 // whatever went wrong, the next beat comes soon
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.NotBeaten(exception);
        }
    }
}
