using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Hosting.Management;
using Platform.SampleDriver.Seeding;
using Platform.SampleDriver.Traffic;
using Platform.Standalone.Commands;

namespace Platform.Standalone.Startup;

/// <summary>What happens once the process listens: wait for every service, seed the samples, say so, run their traffic.</summary>
internal sealed class Opening(
    RunCommand command, HealthCheckService health, Seeder seeder, Announcement announcement, Replay replay,
    IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan TellInterval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await UntilStartedAsync(stoppingToken);
            await UntilReadyAsync(stoppingToken);
            var samples = await SeedAsync(stoppingToken);
            await announcement.PrintAsync(samples, stoppingToken);
            await replay.RunAsync(samples, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task UntilStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task UntilReadyAsync(CancellationToken stoppingToken)
    {
        var told = time.GetTimestamp();
        while (await health.GetReadinessAsync(stoppingToken) is { Ready: false } readiness)
        {
            if (time.GetElapsedTime(told) >= TellInterval)
            {
                Announcement.Waiting(readiness);
                told = time.GetTimestamp();
            }
            await Task.Delay(PollInterval, time, stoppingToken);
        }
    }

    private async Task<IReadOnlyList<Sample>> SeedAsync(CancellationToken stoppingToken)
    {
        if (command.Empty) return [];
        Announcement.Seeding();
        return await seeder.TrySeedAsync(reason => Console.Error.WriteLine($"error: {reason}"), stoppingToken);
    }
}
