using Platform.Hosting.Work;

namespace Platform.Inference.Scoring;

/// <summary>Looks after the jobs: begins those that wait, the oldest first, and whatever every sweeper does.</summary>
internal sealed class ScoringSweeper(
    WorkParts<ScoringRecord> parts, ScoringStart start, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ScoringSweeper> logger)
    : WorkSweeper<ScoringRecord>(parts, lifetime, time, logger)
{
    private readonly WorkParts<ScoringRecord> _parts = parts;

    /// <summary>It is found with those that wait.</summary>
    protected override Task OnQueuedAgainAsync(ScoringRecord work) => Task.CompletedTask;

    protected override async Task LookAfterAsync(int running, CancellationToken cancellationToken)
    {
        // Their ids sort by time.
        await foreach (var job in _parts.Store.ReadAsync(WorkState.Queued, cancellationToken))
            if (!await start.TryBeginAsync(job.Id, cancellationToken)) return;
    }
}
