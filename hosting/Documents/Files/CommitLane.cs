using System.Collections.Concurrent;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// Lets through one thing at a time that changes what is stored. Batches that arrive while the disk is busy are committed together, by the first of
/// them that gets its turn.
/// </summary>
/// <param name="commit">Commits a group and decides each of it. When it throws, all of the group have failed.</param>
internal sealed class CommitLane<TBatch>(Action<IReadOnlyList<PendingCommit<TBatch>>> commit) : IDisposable
{
    private readonly ConcurrentQueue<PendingCommit<TBatch>> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1, 1); // stays, so that who comes late is told what is closed
    private bool _closed;

    /// <summary>The conflict, or null when the batch is committed; throws when it could not be written.</summary>
    public async ValueTask<DocumentConflict?> CommitAsync(TBatch batch)
    {
        var pending = new PendingCommit<TBatch>(batch);
        _waiting.Enqueue(pending);
        await _writing.WaitAsync();
        try
        {
            if (!pending.IsDecided) CommitWaiting();
        }
        finally
        {
            _writing.Release();
        }
        return pending.Outcome;
    }

    /// <summary>Does it between two commits.</summary>
    public void Exclusively(Action action) => Exclusively(() =>
    {
        action();
        return true;
    });

    /// <summary>Does it between two commits, and returns what came of it.</summary>
    public T Exclusively<T>(Func<T> action)
    {
        _writing.Wait();
        try
        {
            return action();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>From now on nothing is committed.</summary>
    public void Dispose() => Exclusively(() => _closed = true);

    private void CommitWaiting()
    {
        List<PendingCommit<TBatch>> group = [];
        while (_waiting.TryDequeue(out var pending)) group.Add(pending);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IDocumentStore));
            commit(group);
        }
        catch (Exception exception)
        {
            foreach (var pending in group) pending.Fail(exception);
        }
    }
}
