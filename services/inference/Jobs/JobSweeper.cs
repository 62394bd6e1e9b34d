using Platform.Hosting.Work;

namespace Platform.Inference.Jobs;

/// <summary>
/// Looks after the jobs: counts those that wait, and tells the workers again of those that wait while nobody works, which a broker or a stopped
/// process has lost.
/// </summary>
internal sealed class JobSweeper(
    WorkParts<JobRecord> parts, JobQueue queue, JobLoad load, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<JobSweeper> logger)
    : WorkSweeper<JobRecord>(parts, lifetime, time, logger)
{
    private const int MaxSentAgain = 1000;

    /// <summary>A job that was submitted just now is still being sent.</summary>
    private static readonly TimeSpan Sending = TimeSpan.FromSeconds(3);

    /// <summary>Jobs are begun about in the order of their submission.</summary>
    private static readonly TimeSpan Overlooked = TimeSpan.FromMinutes(1);

    private readonly WorkParts<JobRecord> _parts = parts;
    private readonly TimeProvider _time = time;
    private readonly ILogger _logger = logger;

    protected override Task OnQueuedAgainAsync(JobRecord work) => queue.SendAsync(work);

    protected override async Task LookAfterAsync(int running, CancellationToken cancellationToken)
    {
        load.SetRunning(running);
        var waiting = await CountAsync(cancellationToken);
        await SendAgainAsync(IsIdle ? waiting : waiting.FindAll(job => IsOverlooked(job, load.LastBegun)), cancellationToken);
    }

    /// <summary>There is room, and no message has come for a while: then none is on its way.</summary>
    private bool IsIdle => _parts.Running.Count < _parts.Settings.Concurrency && _parts.Running.SinceLastBegun >= _parts.Settings.SweepInterval;

    /// <summary>Whether a job waits although one that came long after it was begun, if any was: the time is the least there is before.</summary>
    internal static bool IsOverlooked(JobRecord job, DateTimeOffset lastBegun) => job.CreatedAt + Overlooked < lastBegun;

    /// <summary>Counts what waits, and answers with the first of what has waited for more than a moment.</summary>
    private async Task<List<JobRecord>> CountAsync(CancellationToken cancellationToken)
    {
        var (count, bytes, oldest) = (0L, 0L, (DateTimeOffset?)null);
        var waiting = new List<JobRecord>();
        await foreach (var job in _parts.Store.ReadAsync(WorkState.Queued, cancellationToken))
        {
            (count, bytes) = (count + 1, bytes + job.Value.BodyBytes);
            if (oldest is null || job.Value.CreatedAt < oldest) oldest = job.Value.CreatedAt;
            if (waiting.Count < MaxSentAgain && job.Value.CreatedAt < _time.GetUtcNow() - Sending) waiting.Add(job.Value);
        }

        load.SetQueued(count, bytes, oldest);
        return waiting;
    }

    private async Task SendAgainAsync(List<JobRecord> waiting, CancellationToken cancellationToken)
    {
        if (waiting.Count > 0) _logger.SentAgain(waiting.Count);
        foreach (var job in waiting)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await queue.SendAsync(job);
        }
    }
}
