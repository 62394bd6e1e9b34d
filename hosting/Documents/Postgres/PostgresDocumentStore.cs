using System.Text.Json;
using Npgsql;
using Platform.Hosting.Documents.Servers;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>
/// Documents and outbox in a PostgreSQL database of the service's own; any number of processes at a time. While the server is
/// away, operations wait as long as the options say.
/// </summary>
internal sealed class PostgresDocumentStore : IDocumentStore, IAsyncDisposable, IDisposable
{
    private readonly PostgresDatabase _database;
    private readonly CommitRunner _commits;
    private readonly EventListener _listener;
    private readonly PostgresTurns _turns;
    private readonly TimeProvider _time;

    public PostgresDocumentStore(PostgresOptions options, string service, TimeProvider time, ILogger logger)
    {
        _time = time;
        _database = new PostgresDatabase(options, service, time);
        _commits = new CommitRunner(_database, time);
        _listener = new EventListener(_database, time, logger);
        _turns = new PostgresTurns(_database, this, time);
    }

    public async ValueTask<Document<T>?> GetAsync<T>(string collection, string id, CancellationToken cancellationToken)
    {
        var command = new SelectCommand("select original_id, key, revision, value from documents where collection = $1 and key = $2");
        command.Add(Parameters.Text(collection), Parameters.Text(DocumentKey.Of(id)));
        return (await ReadAsync(command, ReadDocument<T>, cancellationToken)).SingleOrDefault();
    }

    public async ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
    {
        var items = await ReadAsync(DocumentSelect.For(query), ReadDocument<T>, cancellationToken);
        return items.Count <= query.Limit
            ? new DocumentPage<T>(items, null)
            : new DocumentPage<T>(items[..query.Limit], items[query.Limit - 1].Id);
    }

    public async ValueTask<DocumentConflict?> CommitAsync(DocumentBatch batch, CancellationToken cancellationToken)
    {
        var plan = new BatchPlan(batch, _time.GetUtcNow());
        return plan.IsEmpty ? null : await _commits.RunAsync(plan, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var command = new SelectCommand(
            "select sequence, type, key, at, data, trace_parent from events where sequence > $1 order by sequence limit $2");
        command.Add(Parameters.Number(after), Parameters.Number(limit));
        return await ReadAsync(command, ReadEvent, cancellationToken);
    }

    public async ValueTask<long> LastSequenceAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(new SelectCommand("select sequence from event_head"), row => row.GetInt64(0), cancellationToken)).Single();

    /// <summary>Waits for a server that is away without end.</summary>
    public async ValueTask WaitForEventsAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = _listener.Next;
            try
            {
                if (_listener.IsConnected && await LastSequenceAsync(cancellationToken) > after) return;
            }
            catch (DocumentsUnavailableException)
            {
                continue;
            }
            await next.WaitAsync(cancellationToken);
        }
    }

    public bool IsShared => true;

    public async ValueTask<Turn> TakeTurnAsync(string name, string holder, CancellationToken cancellationToken) =>
        await _turns.TakeAsync(name, new TurnHolder(holder, _time.GetUtcNow()), cancellationToken);

    public async ValueTask<string?> FindTurnHolderAsync(string name, CancellationToken cancellationToken) =>
        (await GetAsync<TurnHolder>(Turn.Collection, name, cancellationToken))?.Value.Holder;

    /// <summary>Whether the server that keeps the documents answers.</summary>
    public bool IsConnected => _listener.IsConnected;

    /// <summary>What is wanted of the server's certificate, where it is refused; null where it is not.</summary>
    public string? Refusal => _listener.Refusal;

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _database.DisposeAsync();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private Task<List<T>> ReadAsync<T>(SelectCommand select, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        _database.RunAsync(async connection =>
        {
            await using var command = select.On(connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
            return rows;
        }, cancellationToken);

    private static Document<T> ReadDocument<T>(NpgsqlDataReader row) => new(
        DocumentKey.Restore(row.GetString(1), row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0)),
        row.GetInt64(2),
        JsonSerializer.Deserialize<T>(row.GetFieldValue<byte[]>(3), PlatformJson.Tolerant)!);

    private static StoredEvent ReadEvent(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3),
        JsonElement.Parse(row.GetFieldValue<byte[]>(4)), row.IsDBNull(5) ? null : row.GetString(5));
}
