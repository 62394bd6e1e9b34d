using MongoDB.Bson;
using MongoDB.Driver;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>Asks what a server can do, and makes the collections and indexes of a service's database, however many replicas try at once.</summary>
internal static class MongoSchema
{
    private const int NamespaceExists = 48;
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public static async Task PrepareAsync(IMongoDatabase database, CancellationToken cancellationToken)
    {
        await CheckAsync(database, cancellationToken);
        await CreateIndexesAsync(database, cancellationToken);
        await AddHeadAsync(database.GetCollection<BsonDocument>(MongoNames.Heads), cancellationToken);
    }

    /// <summary>
    /// Refuses a server whose transactions would fail, in words that say what to do. One that is too old (before 4.4) the driver
    /// refuses itself.
    /// </summary>
    private static async Task CheckAsync(IMongoDatabase database, CancellationToken cancellationToken)
    {
        var hello = await database.RunCommandAsync<BsonDocument>(new BsonDocument("hello", 1), ReadPreference.Primary, cancellationToken);
        if (!hello.Contains("setName") && hello.GetValue("msg", "") != "isdbgrid")
            throw new MongoUnfitException("MongoDB runs as a server by itself, which has no transactions: make it a replica set, be it of one member.");
    }

    private static async Task CreateIndexesAsync(IMongoDatabase database, CancellationToken cancellationToken)
    {
        var keys = Builders<BsonDocument>.IndexKeys;
        await database.GetCollection<BsonDocument>(MongoNames.Documents).Indexes.CreateManyAsync(
        [
            new CreateIndexModel<BsonDocument>(keys.Ascending(MongoNames.Collection).Ascending(MongoNames.Key)),
            new CreateIndexModel<BsonDocument>(keys.Ascending(MongoNames.Collection).Ascending(MongoNames.Fields).Ascending(MongoNames.Key)),
        ], cancellationToken);
        await database.GetCollection<BsonDocument>(MongoNames.Commits).Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(keys.Ascending(MongoNames.At), new CreateIndexOptions { ExpireAfter = Remembered }),
            cancellationToken: cancellationToken);
        foreach (var name in (string[])[MongoNames.Events, MongoNames.Heads, MongoNames.Leases]) await CreateAsync(database, name, cancellationToken);
    }

    private static async Task CreateAsync(IMongoDatabase database, string name, CancellationToken cancellationToken)
    {
        try
        {
            await database.CreateCollectionAsync(name, cancellationToken: cancellationToken);
        }
        catch (MongoCommandException exists) when (exists.Code == NamespaceExists)
        {
            // From an earlier start, or another replica was faster.
        }
    }

    private static async Task AddHeadAsync(IMongoCollection<BsonDocument> heads, CancellationToken cancellationToken)
    {
        try
        {
            await heads.InsertOneAsync(
                new BsonDocument { [MongoNames.Id] = MongoNames.EventHead, [MongoNames.Sequence] = 0L }, cancellationToken: cancellationToken);
        }
        catch (MongoWriteException exists) when (MongoFaults.IsDuplicate(exists))
        {
            // From an earlier start, or another replica was faster.
        }
    }
}

/// <summary>The server answers, but cannot do what is needed.</summary>
internal sealed class MongoUnfitException(string message) : Exception(message);
