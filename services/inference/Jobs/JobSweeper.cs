using Microsoft.Extensions.Options;

namespace Platform.Inference.Jobs;

/// <summary>
/// Looks after the jobs: counts them, queues those of dead processes again, tells the workers again of those that wait while
/// nobody works, which a broker or a stopped process has lost, and removes what is no longer kept.
/// </summary>
internal sealed class JobSweeper(
    JobStore store, JobWorkers workers, JobQueue queue, JobLoad load, JobExpiries expiries, RunningJobs running, JobProcessor processor,
    IOptions<JobOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<JobSweeper> logger) : BackgroundService
{
    private const int MaxSentAgain = 1000;

    /// <summary>A job that was submitted just now is still being sent.</summary>
    private static readonly TimeSpan Sending = TimeSpan.FromSeconds(3);

    /// <summary>Jobs are begun about in the order of their submission.</summary>
    private static readonly TimeSpan Overlooked = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => processor.DrainAsync(cancellationToken), CancellationToken.None);
        await TryAsync(() => workers.LeaveAsync(cancellationToken), CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        try
        {
            do await TryAsync(() => SweepAsync(stoppingToken), stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; whoever runs next goes on.
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await QueueAbandonedAsync(cancellationToken);
        var waiting = await CountAsync(cancellationToken);
        await SendAgainAsync(IsIdle ? waiting : waiting.FindAll(job => IsOverlooked(job, load.LastBegun)), cancellationToken);
        var removed = await expiries.RemoveDueAsync(cancellationToken);
        if (removed > 0) logger.Removed(removed);
        await workers.ForgetAsync(cancellationToken);
    }

    /// <summary>There is room, and no message has come for a while: then none is on its way.</summary>
    private bool IsIdle => running.Count < options.Value.Concurrency && running.SinceLastBegun >= options.Value.SweepInterval;

    /// <summary>Whether a job waits although one that came long after it was begun, if any was: the time is the least there is before.</summary>
    internal static bool IsOverlooked(JobRecord job, DateTimeOffset lastBegun) => job.CreatedAt + Overlooked < lastBegun;

    private async Task QueueAbandonedAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var job in store.ReadAsync(JobState.Running, cancellationToken))
        {
            count++;
            if (!await workers.IsAbandonedAsync(job.Value, cancellationToken)) continue;
            if (!await store.TryPutAsync(job.Value.PutBack(), job.Revision, cancellationToken)) continue;
            logger.Abandoned(job.Id);
            await queue.SendAsync(job.Value);
        }

        load.SetRunning(count);
    }

    /// <summary>Counts what waits, and answers with the first of what has waited for more than a moment.</summary>
    private async Task<List<JobRecord>> CountAsync(CancellationToken cancellationToken)
    {
        var (count, bytes, oldest) = (0L, 0L, (DateTimeOffset?)null);
        var waiting = new List<JobRecord>();
        await foreach (var job in store.ReadAsync(JobState.Queued, cancellationToken))
        {
            (count, bytes) = (count + 1, bytes + job.Value.BodyBytes);
            if (oldest is null || job.Value.CreatedAt < oldest) oldest = job.Value.CreatedAt;
            if (waiting.Count < MaxSentAgain && job.Value.CreatedAt < time.GetUtcNow() - Sending) waiting.Add(job.Value);
        }

        load.SetQueued(count, bytes, oldest);
        return waiting;
    }

    private async Task SendAgainAsync(List<JobRecord> waiting, CancellationToken cancellationToken)
    {
        if (waiting.Count > 0) logger.SentAgain(waiting.Count);
        foreach (var job in waiting)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await queue.SendAsync(job);
        }
    }

    private async Task TryAsync(Func<Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step();
        }
#pragma warning disable CA1031 // whatever went wrong, the next round tries again
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.SweepFailed(exception);
        }
    }

    /// <summary>The bus takes messages once the host has started.</summary>
    private Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        stoppingToken.Register(() => started.TrySetResult());
        return started.Task;
    }
}
