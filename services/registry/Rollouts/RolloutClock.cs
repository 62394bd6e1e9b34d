using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;

namespace Platform.Registry.Rollouts;

/// <summary>Looks at the promotions under way at a steady pace, from the start of the process on: what another left is taken further here.</summary>
internal sealed class RolloutClock(
    RolloutStore rollouts, StepRollout steps, IOptions<RolloutOptions> options, TimeProvider time, ILogger<RolloutClock> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            foreach (var rollout in await rollouts.ListRunningAsync(stopping)) await StepAsync(rollout, stopping);
        }
#pragma warning disable CA1031 // whatever keeps them from being read, the next look may find them
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.StoreAway(exception);
        }
    }

    private async Task StepAsync(Rollout rollout, CancellationToken stopping)
    {
        try
        {
            var stepped = await steps.HandleAsync(rollout, stopping);
            if (stepped.Error is { } error) logger.NotStepped(rollout.Id, rollout.Model, error.Detail);
            else if (stepped.Succeeded(out var now, out _) && (now.State, now.Step) != (rollout.State, rollout.Step))
                logger.Stepped(rollout.Id, rollout.Model, now.State, now.Step, now.Decisions[^1].Reason);
        }
#pragma warning disable CA1031 // whatever is wrong with one, the others go on, and it is tried again at the next look
        catch (Exception exception) when (exception is not DocumentsUnavailableException && !stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.StepBroken(exception, rollout.Id, rollout.Model);
        }
    }
}
