using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>Commits batches: those that arrive while the disk is busy share the next transaction.</summary>
internal sealed class SqliteWriter(SqliteSession session, StoreDamage damage, SqliteAccount opened) : IDisposable
{
    private readonly ConcurrentQueue<PendingCommit<BatchPlan>> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private volatile SqliteAccount _account = opened;
    private volatile TaskCompletionSource _newEvents = NewSignal();
    private volatile Exception? _failure;
    private bool _disposed;

    /// <summary>What is committed.</summary>
    public SqliteAccount Account => _account;

    /// <summary>Why documents cannot be stored at present; null while they can.</summary>
    public Exception? Failure => _failure;

    /// <summary>Completes at the next commit that has events.</summary>
    public Task NewEvents => _newEvents.Task;

    public async ValueTask<DocumentConflict?> CommitAsync(BatchPlan plan)
    {
        var pending = new PendingCommit<BatchPlan>(plan);
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

    /// <summary>
    /// Sets a document aside of which a reader found that it is damaged: as it is now, for meanwhile a commit may have put a whole one in its place.
    /// </summary>
    public void SetAside(string collection, byte[] id) => Exclusively(() => Write(commit => commit.FindWhole(collection, id)));

    /// <summary>What a collection should hold, when <paramref name="begin"/> runs: between two commits.</summary>
    public CollectionTotal Expect(string collection, Action begin)
    {
        var expected = default(CollectionTotal);
        Exclusively(() =>
        {
            begin();
            expected = _account.Collections[collection];
        });
        return expected;
    }

    /// <summary>A collection held something else than it should; from now on that is expected.</summary>
    public void Correct(string collection, CollectionTotal found, CollectionTotal expected) =>
        Exclusively(() => Write(commit => commit.Correct(collection, found, expected)));

    /// <summary>After a commit that failed: looks whether the disk takes one again, so that a process is ready before anybody asks it to store.</summary>
    public void TryAgain()
    {
        if (_failure is null) return;
        Exclusively(() => Write(_ => _account.Touch(session)));
    }

    public void Dispose()
    {
        Exclusively(() => _disposed = true);
        session.Dispose();
    }

    private void CommitWaiting()
    {
        List<PendingCommit<BatchPlan>> group = [];
        while (_waiting.TryDequeue(out var pending)) group.Add(pending);
        try
        {
            Commit(group);
        }
        catch (SqliteDamageException) when (group.Count > 1)
        {
            foreach (var pending in group) TryCommit([pending]); // the others are no business of what is damaged
        }
        catch (Exception exception)
        {
            foreach (var pending in group) pending.Fail(exception);
        }
    }

    private void TryCommit(List<PendingCommit<BatchPlan>> group)
    {
        try
        {
            Commit(group);
        }
        catch (Exception exception)
        {
            foreach (var pending in group) pending.Fail(exception);
        }
    }

    private void Commit(List<PendingCommit<BatchPlan>> group)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteDocumentStore));
        Write(commit =>
        {
            foreach (var pending in group) pending.Decide(commit.Apply(pending.Batch));
        });
    }

    private void Write(Action<SqliteCommit> work)
    {
        var (before, after) = (_account, _account);
        try
        {
            session.InTransaction(() =>
            {
                var commit = new SqliteCommit(session, before, damage);
                work(commit);
                (after = commit.Account).Save(session, before);
            });
            _failure = null;
        }
        catch (Exception exception) when (exception is IOException or SqliteException)
        {
            _failure = exception;
            throw;
        }
        _account = after;
        if (after.LastSequence > before.LastSequence) Interlocked.Exchange(ref _newEvents, NewSignal()).SetResult();
    }

    private void Exclusively(Action action)
    {
        _writing.Wait();
        try
        {
            action();
        }
        finally
        {
            _writing.Release();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
