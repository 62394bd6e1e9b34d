using MongoDB.Driver;
using Platform.Hosting.Documents.Servers;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>
/// Documents and outbox in a MongoDB database of the service's own; any number of processes at a time. While the servers are
/// away, operations wait as long as the options say.
/// </summary>
internal sealed class MongoDocumentStore : IDocumentStore, IAsyncDisposable, IDisposable
{
    private readonly MongoDatabase _database;
    private readonly MongoCommits _commits;
    private readonly MongoEventWatch _events;
    private readonly MongoTurns _turns;
    private readonly TimeProvider _time;

    public MongoDocumentStore(MongoDbOptions options, string service, TimeProvider time, ILogger logger)
    {
        _time = time;
        _database = new MongoDatabase(options, service, time);
        _commits = new MongoCommits(_database, time);
        _events = new MongoEventWatch(_database, logger);
        _turns = new MongoTurns(_database, this, time);
    }

    public async ValueTask<Document<T>?> GetAsync<T>(string collection, string id, CancellationToken cancellationToken)
    {
        var found = await _database.RunAsync(
            () => MongoQueries.Document(_database, collection, id).SingleOrDefaultAsync(cancellationToken), cancellationToken);
        return found is null ? null : MongoQueries.ReadDocument<T>(found);
    }

    public async ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
    {
        var page = MongoQueries.Page(_database, query);
        var items = (await _database.RunAsync(() => page.ToListAsync(cancellationToken), cancellationToken)).ConvertAll(MongoQueries.ReadDocument<T>);
        return items.Count <= query.Limit
            ? new DocumentPage<T>(items, null)
            : new DocumentPage<T>(items[..query.Limit], items[query.Limit - 1].Id);
    }

    public async ValueTask<DocumentConflict?> CommitAsync(DocumentBatch batch, CancellationToken cancellationToken)
    {
        var plan = new BatchPlan(batch, _time.GetUtcNow());
        if (plan.IsEmpty) return null;
        var conflict = await _commits.RunAsync(plan, cancellationToken);
        if (plan.Events.Count > 0) _events.Wake();
        return conflict;
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var events = MongoQueries.Events(_database, after, limit);
        return (await _database.RunAsync(() => events.ToListAsync(cancellationToken), cancellationToken)).ConvertAll(MongoQueries.ReadEvent);
    }

    public async ValueTask<long> LastSequenceAsync(CancellationToken cancellationToken) =>
        (await _database.RunAsync(() => MongoQueries.Head(_database).SingleAsync(cancellationToken), cancellationToken))[MongoNames.Sequence].AsInt64;

    public async ValueTask WaitForEventsAsync(long after, CancellationToken cancellationToken) =>
        await _events.WaitAsync(after, cancellationToken);

    public bool IsShared => true;

    public async ValueTask<Turn> TakeTurnAsync(string name, string holder, CancellationToken cancellationToken) =>
        await _turns.TakeAsync(name, new TurnHolder(holder, _time.GetUtcNow()), cancellationToken);

    public async ValueTask<string?> FindTurnHolderAsync(string name, CancellationToken cancellationToken) =>
        (await GetAsync<TurnHolder>(Turn.Collection, name, cancellationToken))?.Value.Holder;

    /// <summary>What is waited for before documents can be used; null while they can.</summary>
    public string? Trouble => _events.Trouble;

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _commits.Dispose();
        _database.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
