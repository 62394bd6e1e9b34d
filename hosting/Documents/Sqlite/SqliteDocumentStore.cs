using Microsoft.Data.Sqlite;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Documents.Servers;
using Platform.Hosting.Scrubbing;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>
/// Documents and outbox in one file of SQLite, <c>documents.db</c>: one writer, whose transactions hold all commits that wait, and readers beside
/// it. One process at a time. Every record is checked when it is read (<see cref="RecordSeal"/>).
/// </summary>
internal sealed class SqliteDocumentStore : IDocumentStore, ILocalDocuments, IAsyncDisposable, IDisposable
{
    private const string Find = $"select {SqliteRow.Columns} from documents d where d.collection = $1 and d.id = $2";
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly SqliteFolder _folder;
    private readonly SqliteReaders _readers;
    private readonly SqliteEvents _events;
    private readonly SqliteWriter _writer;
    private readonly SqliteScrub _scrub;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _retries;

    private SqliteDocumentStore(SqliteFolder folder, SqliteSession session, SqliteAccount account, TimeProvider time, ILogger logger)
    {
        (_folder, _time, _logger) = (folder, time, logger);
        _readers = new SqliteReaders(folder.Database);
        _events = new SqliteEvents(_readers, folder.Damage);
        _writer = new SqliteWriter(session, folder.Damage, account);
        _scrub = new SqliteScrub(_readers, _events, _writer, folder.Damage, SetAside);
        DocumentsMetrics.Watch(this);
        _retries = Task.Run(KeepTryingAsync);
    }

    /// <summary>
    /// Opens the folder; what it holds in files is carried over first. Throws <see cref="IOException"/> when another process has it open, and
    /// when SQLite cannot make sense of the file at all.
    /// </summary>
    public static SqliteDocumentStore Open(string path, DurableFiles files, TimeProvider time, ILogger logger)
    {
        var folder = SqliteFolder.Open(path, files, time, logger);
        SqliteSession? session = null;
        try
        {
            session = folder.OpenWriter();
            var account = AccountOf(session, folder.Damage);
            folder.RemoveBefore();
            return new SqliteDocumentStore(folder, session, account, time, logger);
        }
        catch
        {
            using (folder)
                if (session is not null) folder.Close(session);
            throw;
        }
    }

    public ValueTask<Document<T>?> GetAsync<T>(string collection, string id, CancellationToken cancellationToken)
    {
        var row = FindRow(collection, SqliteText.Of(id));
        return ValueTask.FromResult(row?.Typed<T>());
    }

    public ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
    {
        var select = new SqliteSelect(query);
        var rows = FindRows(select, query.Collection);
        var items = rows.Take(query.Limit).Where(row => row.Document is not null).Select(row => row.Document!.Typed<T>());
        return ValueTask.FromResult(new DocumentPage<T>([.. items], rows.Count > query.Limit ? SqliteText.Restore(rows[query.Limit - 1].Id) : null));
    }

    public async ValueTask<DocumentConflict?> CommitAsync(DocumentBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested(); // once it has begun, a commit is not abandoned
        var plan = new BatchPlan(batch, _time.GetUtcNow());
        return plan.IsEmpty ? null : await _writer.CommitAsync(plan);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var last = _writer.Account.LastSequence;
        if (after >= last) return ValueTask.FromResult<IReadOnlyList<StoredEvent>>([]);
        var first = Math.Max(after, 0) + 1;
        return ValueTask.FromResult(_events.Read(first, Math.Min(last, first - 1 + limit)));
    }

    public ValueTask<long> LastSequenceAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_writer.Account.LastSequence);

    public async ValueTask WaitForEventsAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = _writer.NewEvents;
            if (_writer.Account.LastSequence > after) return;
            await next.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public Task<int> ScrubAsync(ScrubPace pace, CancellationToken cancellationToken) => _scrub.RunAsync(pace, cancellationToken);

    /// <inheritdoc />
    public bool HasFailed => false; // SQLite takes back what it could not finish

    /// <inheritdoc />
    public Exception? Failure => _writer.Failure;

    /// <inheritdoc />
    public string? Degradation => _folder.Damage.Degradation;

    /// <inheritdoc />
    public int Damaged => _folder.Damage.Findings.Count;

    /// <inheritdoc />
    public string Service => Path.GetFileName(_folder.Path);

    /// <summary>Only one process can have the folder open.</summary>
    public bool IsShared => false;

    public ValueTask<Turn> TakeTurnAsync(string name, string holder, CancellationToken cancellationToken) => ValueTask.FromResult(Turn.Unshared);

    public ValueTask<string?> FindTurnHolderAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        DocumentsMetrics.Forget(this);
        await _stopping.CancelAsync();
        using (_stopping)
        using (_folder)
        {
            try
            {
                using (_readers) await _retries;
            }
            finally
            {
                _folder.Close(_writer);
            }
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Behind what a dispatcher says that it has published, too, where the events that it read are gone.</summary>
    private static SqliteAccount AccountOf(SqliteSession session, StoreDamage damage)
    {
        var account = SqliteAccount.Read(session, damage);
        var furthest = session.Read("select value from documents where collection = $1", row => StoreFolder.PositionIn(SqliteRow.Bytes(row, 0)), StoreFolder.Positions)
            .DefaultIfEmpty(0).Max();
        return account with { LastSequence = Math.Max(account.LastSequence, furthest) };
    }

    private List<(byte[] Id, SqliteRow? Document)> FindRows(SqliteSelect select, string collection)
    {
        try
        {
            return [.. _readers.Run(session => session.Read(select.Rows, SqliteSelect.Read, select.Values)).Select(row => (row.Id, Present(collection, row)))];
        }
        catch (SqliteDamageException)
        {
            // The index may still be whole, and every document whose page is.
            return [.. _readers.Run(session => session.Read(select.Ids, row => SqliteRow.Bytes(row, 0), select.Values)).Select(id => (id, FindRow(collection, id)))];
        }
    }

    private SqliteRow? Present(string collection, (byte[] Id, SqliteRow? Document) found)
    {
        if (found.Document is not null) return WholeOrSetAside(found.Document);
        _folder.Damage.Noticed(SqliteRow.PlaceOf(collection, SqliteText.Restore(found.Id)), "the index names it, and it is missing", null);
        return null;
    }

    private SqliteRow? FindRow(string collection, byte[] id)
    {
        try
        {
            return _readers.Run(session => session.Read(Find, SqliteRow.Read, collection, id)) is [var row] ? WholeOrSetAside(row) : null;
        }
        catch (SqliteDamageException exception)
        {
            _folder.Damage.Noticed(SqliteRow.PlaceOf(collection, SqliteText.Restore(id)), $"it cannot be read: {exception.InnerException!.Message}", null);
            return null;
        }
    }

    private SqliteRow? WholeOrSetAside(SqliteRow row)
    {
        if (row.IsWhole) return row;
        SetAside(row);
        return null;
    }

    /// <summary>Keeps what a damaged document holds and removes it, as one in files is.</summary>
    private void SetAside(SqliteRow row)
    {
        try
        {
            _folder.Damage.Found(row.Place, "it is damaged", row.Value);
            _writer.SetAside(row.Collection, row.Id);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            SqliteLog.NotRemoved(_logger, exception, _folder.Path);
        }
    }

    private async Task KeepTryingAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(RetryInterval, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                _writer.TryAgain();
            }
            catch (Exception exception) when (exception is IOException or SqliteException)
            {
                // It is told as long as it lasts (Failure).
            }
        }
    }
}
