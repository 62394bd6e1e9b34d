using Platform.Hosting.Documents;
using Platform.Hosting.Work;

namespace Platform.Inference.Scoring;

/// <summary>Begins a job here where there is a place for it. No message tells of jobs: every process looks for those that wait.</summary>
internal sealed class ScoringStart(
    ScoringStore store, ScoringAttempt attempt, WorkClaims<ScoringRecord> claims, WorkRoom<ScoringRecord> room, IHostApplicationLifetime lifetime)
{
    /// <summary>False when there is no place; the job waits, or is somebody else's.</summary>
    public async Task<bool> TryBeginAsync(string id, CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested || !await room.EnterAsync(TimeSpan.Zero, cancellationToken)) return false;
        var isBegun = false;
        try
        {
            isBegun = await room.TryBeginAsync(id, claiming => ClaimAsync(id, claiming), attempt.RunAsync, cancellationToken);
        }
        finally
        {
            if (!isBegun) room.Leave();
        }

        return true;
    }

    private async Task<Document<ScoringRecord>?> ClaimAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } known ? await claims.TryTakeAsync(known, cancellationToken) : null;
}
