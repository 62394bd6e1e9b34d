using MongoDB.Bson;
using MongoDB.Driver;
using Platform.Hosting.Documents.Servers;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>A service's own database: prepared at first use, waited for while its servers are away.</summary>
internal sealed class MongoDatabase : IDisposable
{
    // The driver waits half a minute for a server, even where the port refuses; we repeat by ourselves.
    private static readonly TimeSpan LongestSelection = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly ClientSessionOptions Unordered = new() { CausalConsistency = false };
    private static readonly TransactionOptions Majority =
        new(ReadConcern.Snapshot, ReadPreference.Primary, WriteConcern.WMajority.With(journal: true));

    private readonly MongoClient _client;
    private readonly IMongoDatabase _database;
    private readonly TransientRetry _retry;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private volatile bool _prepared;

    public MongoDatabase(MongoDbOptions options, string service, TimeProvider time)
    {
        Name = options.DatabasePrefix + service.Replace('-', '_');
        _client = new MongoClient(SettingsOf(options, service));
        _database = _client.GetDatabase(Name);
        _retry = new TransientRetry(options.Patience, MongoFaults.IsTransient, time);
    }

    /// <summary>The database's name.</summary>
    public string Name { get; }

    public IMongoCollection<BsonDocument> Collection(string name) => _database.GetCollection<BsonDocument>(name);

    /// <summary>Runs <paramref name="operation"/>, again while the servers are away.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await _retry.RunAsync(() => RunOnceAsync(operation, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (MongoFaults.IsUnfit(exception))
        {
            throw new DocumentsUnavailableException(exception);
        }
    }

    /// <summary>Runs <paramref name="operation"/> on a database that is prepared.</summary>
    public async Task<T> RunOnceAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await operation();
    }

    /// <summary>A session in a new transaction over one state of the majority.</summary>
    public async Task<IClientSessionHandle> BeginAsync(CancellationToken cancellationToken)
    {
        var session = await _client.StartSessionAsync(Unordered, cancellationToken);
        session.StartTransaction(Majority);
        return session;
    }

    public void Dispose()
    {
        _client.Dispose();
        _preparing.Dispose();
    }

    private static MongoClientSettings SettingsOf(MongoDbOptions options, string service)
    {
        var settings = MongoClientSettings.FromConnectionString(options.ConnectionString);
        settings.ApplicationName = $"platform {service}";
        settings.ServerSelectionTimeout = options.Patience < LongestSelection ? options.Patience : LongestSelection;
        settings.ConnectTimeout = ConnectTimeout;
        settings.ReadConcern = ReadConcern.Majority;
        settings.ReadPreference = ReadPreference.Primary;
        settings.WriteConcern = WriteConcern.WMajority.With(journal: true);
        // Under overload the driver would send each command three times; ours are repeated as whole commits, under an id.
        (settings.RetryWrites, settings.RetryReads) = (false, false);
        return settings;
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_prepared) return;
        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (!_prepared) await MongoSchema.PrepareAsync(_database, cancellationToken);
            _prepared = true;
        }
        finally
        {
            _preparing.Release();
        }
    }
}
