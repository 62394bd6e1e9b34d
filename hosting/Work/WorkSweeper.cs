namespace Platform.Hosting.Work;

/// <summary>
/// Looks after one kind of work: queues again what dead processes were at, stops here what has ended or is another's by now, removes what is no longer
/// kept, and whatever else its service has to do from time to time.
/// </summary>
public abstract class WorkSweeper<T>(WorkParts<T> parts, IHostApplicationLifetime lifetime, TimeProvider time, ILogger logger) : BackgroundService
    where T : WorkRecord
{
    private readonly WorkStore<T> _store = parts.Store;
    private readonly WorkProcesses<T> _processes = parts.Processes;

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => parts.Room.DrainAsync(cancellationToken), CancellationToken.None);
        await TryAsync(() => _processes.LeaveAsync(cancellationToken), CancellationToken.None);
    }

    /// <summary>Work that a dead process was at is queued again.</summary>
    protected abstract Task OnQueuedAgainAsync(T work);

    /// <summary>The rest of a round, in which so many pieces were found to be running over all processes.</summary>
    protected virtual Task LookAfterAsync(int running, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        using var timer = new PeriodicTimer(parts.Settings.SweepInterval, time);
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
        var begun = parts.Running.Begun;
        var (running, mine) = await QueueAbandonedAsync(cancellationToken);
        foreach (var id in begun) if (!mine.Contains(id)) await StopLostAsync(id, cancellationToken);
        await LookAfterAsync(running, cancellationToken);
        var removed = await _store.RemoveExpiredAsync(cancellationToken);
        if (removed > 0) logger.Removed(removed);
        await _processes.ForgetAsync(cancellationToken);
    }

    private async Task<(int Running, HashSet<string> Mine)> QueueAbandonedAsync(CancellationToken cancellationToken)
    {
        var (running, mine) = (0, new HashSet<string>());
        await foreach (var work in _store.ReadAsync(WorkState.Running, cancellationToken))
        {
            running++;
            if (work.Value.Worker == _processes.Me) mine.Add(work.Id);
            if (!await _processes.IsAbandonedAsync(work.Value, cancellationToken)) continue;
            if (!await _store.TryPutAsync(work.Value.PutBack(), work.Revision, cancellationToken)) continue;
            logger.Abandoned(work.Id);
            await OnQueuedAgainAsync(work.Value);
        }

        return (running, mine);
    }

    /// <summary>What was begun here before the documents were read was cancelled elsewhere, or taken over, or has just ended.</summary>
    private async Task StopLostAsync(string id, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(id, cancellationToken) is { Value: { State: WorkState.Running } work } && work.Worker == _processes.Me) return;
        parts.Running.Cancel(id);
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
}
