using Microsoft.Data.Sqlite;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>Commits batches: those that arrive while the disk is busy share the next transaction.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteSession _session;
    private readonly StoreDamage _damage;
    private readonly CommitLane<BatchPlan> _commits;
    private volatile SqliteAccount _account;
    private volatile TaskCompletionSource _newEvents = NewSignal();
    private volatile Exception? _failure;

    /// <param name="session">What it writes through, and disposes of.</param>
    /// <param name="damage">Where documents that are damaged are set aside.</param>
    /// <param name="opened">What is there.</param>
    public SqliteWriter(SqliteSession session, StoreDamage damage, SqliteAccount opened) =>
        (_session, _damage, _account, _commits) = (session, damage, opened, new CommitLane<BatchPlan>(Commit));

    /// <summary>What is committed.</summary>
    public SqliteAccount Account => _account;

    /// <summary>Why documents cannot be stored at present; null while they can.</summary>
    public Exception? Failure => _failure;

    /// <summary>Completes at the next commit that has events.</summary>
    public Task NewEvents => _newEvents.Task;

    public ValueTask<DocumentConflict?> CommitAsync(BatchPlan plan) => _commits.CommitAsync(plan);

    /// <summary>
    /// Sets a document aside of which a reader found that it is damaged: as it is now, for meanwhile a commit may have put a whole one in its place.
    /// </summary>
    public void SetAside(string collection, byte[] id) => _commits.Exclusively(() => Write(commit => commit.FindWhole(collection, id)));

    /// <summary>What a collection should hold, when <paramref name="begin"/> runs: between two commits.</summary>
    public CollectionTotal Expect(string collection, Action begin) => _commits.Exclusively(() =>
    {
        begin();
        return _account.Collections[collection];
    });

    /// <summary>A collection held something else than it should; from now on that is expected.</summary>
    public void Correct(string collection, CollectionTotal found, CollectionTotal expected) =>
        _commits.Exclusively(() => Write(commit => commit.Correct(collection, found, expected)));

    /// <summary>After a commit that failed: looks whether the disk takes one again, so that a process is ready before anybody asks it to store.</summary>
    public void TryAgain()
    {
        if (_failure is null) return;
        _commits.Exclusively(() => Write(_ => _account.Touch(_session)));
    }

    public void Dispose()
    {
        _commits.Dispose();
        _session.Dispose();
    }

    private void Commit(IReadOnlyList<PendingCommit<BatchPlan>> group)
    {
        try
        {
            Apply(group);
        }
        catch (SqliteDamageException) when (group.Count > 1)
        {
            foreach (var pending in group) ApplyAlone(pending); // the others are no business of what is damaged
        }
    }

    private void ApplyAlone(PendingCommit<BatchPlan> pending)
    {
        try
        {
            Apply([pending]);
        }
        catch (Exception exception)
        {
            pending.Fail(exception);
        }
    }

    private void Apply(IReadOnlyList<PendingCommit<BatchPlan>> group) => Write(commit =>
    {
        foreach (var pending in group) pending.Decide(commit.Apply(pending.Batch));
    });

    private void Write(Action<SqliteCommit> work)
    {
        var (before, after) = (_account, _account);
        try
        {
            _session.InTransaction(() =>
            {
                var commit = new SqliteCommit(_session, before, _damage);
                work(commit);
                (after = commit.Account).Save(_session, before);
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

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
