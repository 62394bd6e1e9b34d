using MongoDB.Bson;
using MongoDB.Driver;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>One process's view of the lease of a name: who owns it, and when it was last seen renewed.</summary>
internal sealed class MongoLease(MongoDatabase database, string name, TimeProvider time)
{
    /// <summary>A lease that is not renewed for so long may be taken over.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    // The owner gives up before anybody may take over, however unevenly the clocks run.
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(7);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private readonly string _owner = Guid.NewGuid().ToString("n");
    private (string? Owner, long Renewal) _seen;
    private long _seenAt;

    private IMongoCollection<BsonDocument> Leases => database.Collection(MongoNames.Leases);

    /// <summary>Takes the lease if nobody has it, or if its owner has not renewed it for a term; false otherwise.</summary>
    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken) =>
        await database.RunOnceAsync(() => TryTakeOnceAsync(cancellationToken), cancellationToken);

    /// <summary>The turn that lasts as long as the lease is renewed.</summary>
    public Turn Keep(TurnHolder holder, long revision)
    {
        var lost = new CancellationTokenSource();
        var ending = new CancellationTokenSource();
        var renewing = Task.Run(RenewAsync);
        return Turn.Shared(name, holder, revision, EndAsync, lost.Token);

        async Task RenewAsync()
        {
            var renewed = time.GetTimestamp();
            while (time.GetElapsedTime(renewed) < GiveUpAfter)
            {
                await Task.Delay(RenewEvery, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (ending.IsCancellationRequested) return;
                var asked = time.GetTimestamp();
                if (await TryRenewAsync(ending.Token) is not { } isOurs) continue;
                if (!isOurs) break;
                renewed = asked;
            }
            await lost.CancelAsync();
        }

        async ValueTask EndAsync()
        {
            await ending.CancelAsync();
            await renewing;
            await GiveBackAsync();
            lost.Dispose();
            ending.Dispose();
        }
    }

    private async Task<bool> TryTakeOnceAsync(CancellationToken cancellationToken)
    {
        var current = await Leases.Find(Filter.Eq(MongoNames.Id, name)).SingleOrDefaultAsync(cancellationToken);
        return current is null ? await TryCreateAsync(cancellationToken) : IsFree(current) && await TryTakeOverAsync(current, cancellationToken);
    }

    private async Task<bool> TryCreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Leases.InsertOneAsync(Document(1), cancellationToken: cancellationToken);
            return true;
        }
        catch (MongoWriteException exists) when (MongoFaults.IsDuplicate(exists))
        {
            return false;
        }
    }

    private async Task<bool> TryTakeOverAsync(BsonDocument current, CancellationToken cancellationToken)
    {
        var asSeen = Filter.Eq(MongoNames.Id, name) & Filter.Eq(MongoNames.Owner, current[MongoNames.Owner])
            & Filter.Eq(MongoNames.Renewal, current[MongoNames.Renewal]);
        var result = await Leases.ReplaceOneAsync(
            asSeen, Document(current[MongoNames.Renewal].AsInt64 + 1), cancellationToken: cancellationToken);
        return result.MatchedCount == 1;
    }

    private bool IsFree(BsonDocument current)
    {
        if (current[MongoNames.Owner].IsBsonNull) return true;
        var seen = (current[MongoNames.Owner].AsString, current[MongoNames.Renewal].AsInt64);
        if (seen != _seen) (_seen, _seenAt) = (seen, time.GetTimestamp());
        return time.GetElapsedTime(_seenAt) >= Term;
    }

    /// <summary>Whether it is still ours; null when the server did not answer.</summary>
    private async Task<bool?> TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await Leases.UpdateOneAsync(
                Ours, Builders<BsonDocument>.Update.Inc(MongoNames.Renewal, 1L), cancellationToken: cancellationToken);
            return result.MatchedCount == 1;
        }
        catch (Exception exception) when (exception is OperationCanceledException || MongoFaults.IsTransient(exception))
        {
            return null;
        }
    }

    private async Task GiveBackAsync()
    {
        try
        {
            await Leases.UpdateOneAsync(Ours, Builders<BsonDocument>.Update.Set(MongoNames.Owner, BsonNull.Value));
        }
        catch (Exception exception) when (MongoFaults.IsTransient(exception))
        {
            // It ends by itself, after a term.
        }
    }

    private FilterDefinition<BsonDocument> Ours => Filter.Eq(MongoNames.Id, name) & Filter.Eq(MongoNames.Owner, _owner);

    private BsonDocument Document(long renewal) => new()
    {
        [MongoNames.Id] = name,
        [MongoNames.Owner] = _owner,
        [MongoNames.Renewal] = renewal,
    };
}
