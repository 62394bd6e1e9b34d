using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>
/// Commits batches exactly once, however often the connection breaks on the way. Commits of this process with events take turns:
/// two that want the head of the events at a time would have the server refuse one.
/// </summary>
internal sealed class MongoCommits(MongoDatabase database, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(64);

    private readonly SemaphoreSlim _publishing = new(1, 1);

    public async Task<DocumentConflict?> RunAsync(BatchPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Events.Count == 0) return await CommitAsync(plan, cancellationToken);
        await _publishing.WaitAsync(cancellationToken);
        try
        {
            return await CommitAsync(plan, cancellationToken);
        }
        finally
        {
            _publishing.Release();
        }
    }

    public void Dispose() => _publishing.Dispose();

    private Task<DocumentConflict?> CommitAsync(BatchPlan plan, CancellationToken cancellationToken) =>
        database.RunAsync(async () =>
        {
            for (var pause = FirstPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
            {
                if (await new MongoCommit(database, plan).RunAsync(cancellationToken) is { } outcome) return outcome.Conflict;
                await Task.Delay(pause * Random.Shared.NextDouble(), time, cancellationToken); // others do not come back at the same moment
            }
        }, cancellationToken);
}
