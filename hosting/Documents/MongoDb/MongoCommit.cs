using System.Globalization;
using MongoDB.Bson;
using MongoDB.Driver;
using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>
/// One attempt to commit a batch, as one transaction. Every document that the batch changes is written, so that of two commits
/// to the same document the server refuses one; the head of the events comes last, as every commit with events wants it.
/// </summary>
internal sealed class MongoCommit(MongoDatabase database, BatchPlan plan)
{
    private readonly IMongoCollection<BsonDocument> _documents = database.Collection(MongoNames.Documents);

    /// <summary>What came of it; null when another commit was in the way and it must be repeated.</summary>
    public async Task<CommitOutcome?> RunAsync(CancellationToken cancellationToken)
    {
        using var session = await database.BeginAsync(cancellationToken);
        try
        {
            return await RunAsync(session, cancellationToken);
        }
        catch (MongoException exception) when (MongoFaults.IsContention(exception))
        {
            return null; // what is left of the transaction ends with the session
        }
    }

    private async Task<CommitOutcome?> RunAsync(IClientSessionHandle session, CancellationToken cancellationToken)
    {
        if (!await MarkAsync(session, cancellationToken)) return CommitOutcome.Committed;
        var changes = plan.Play(await RevisionsAsync(session, cancellationToken), out var conflict);
        if (conflict is not null) return new CommitOutcome(conflict);
        if (!await WriteAsync(session, changes, cancellationToken)) return null;
        if (plan.Events.Count > 0) await AddEventsAsync(session, cancellationToken);
        await session.CommitTransactionAsync(CancellationToken.None); // from here on it can no longer be called off
        return CommitOutcome.Committed;
    }

    /// <summary>Notes that the commit takes place; false when an earlier attempt, whose answer got lost, has done so.</summary>
    private async Task<bool> MarkAsync(IClientSessionHandle session, CancellationToken cancellationToken)
    {
        var mark = new BsonDocument { [MongoNames.Id] = plan.Id.ToString("n", CultureInfo.InvariantCulture), [MongoNames.At] = plan.At.UtcDateTime };
        try
        {
            await database.Collection(MongoNames.Commits).InsertOneAsync(session, mark, cancellationToken: cancellationToken);
            return true;
        }
        catch (MongoWriteException exists) when (MongoFaults.IsDuplicate(exists))
        {
            return false;
        }
    }

    private async Task<Dictionary<Target, long>> RevisionsAsync(IClientSessionHandle session, CancellationToken cancellationToken)
    {
        var stored = await _documents.Find(session, Builders<BsonDocument>.Filter.In(MongoNames.Id, plan.Targets.Select(MongoNames.IdOf)))
            .Project(Builders<BsonDocument>.Projection.Include(MongoNames.Collection).Include(MongoNames.Key).Include(MongoNames.Revision))
            .ToListAsync(cancellationToken);
        return stored.ToDictionary(
            document => new Target(document[MongoNames.Collection].AsString, document[MongoNames.Key].AsString),
            document => document[MongoNames.Revision].AsInt64);
    }

    /// <summary>False when a document that was read is no longer as it was.</summary>
    private async Task<bool> WriteAsync(IClientSessionHandle session, IReadOnlyList<NetChange> changes, CancellationToken cancellationToken)
    {
        List<WriteModel<BsonDocument>> writes = [.. changes.Where(change => change.IsInsert || change.Existed).Select(ModelOf)];
        if (writes.Count == 0) return true;
        var result = await _documents.BulkWriteAsync(session, writes, cancellationToken: cancellationToken);
        return result.InsertedCount + result.MatchedCount + result.DeletedCount == writes.Count;
    }

    private static WriteModel<BsonDocument> ModelOf(NetChange change)
    {
        var id = Builders<BsonDocument>.Filter.Eq(MongoNames.Id, MongoNames.IdOf(change.Write.Target));
        if (change.IsInsert) return new InsertOneModel<BsonDocument>(DocumentOf(change));
        return change.IsDelete ? new DeleteOneModel<BsonDocument>(id) : new ReplaceOneModel<BsonDocument>(id, DocumentOf(change));
    }

    private static BsonDocument DocumentOf(NetChange change)
    {
        var write = change.Write;
        var document = new BsonDocument
        {
            [MongoNames.Id] = MongoNames.IdOf(write.Target),
            [MongoNames.Collection] = write.Target.Collection,
            [MongoNames.Key] = write.Target.Key,
            [MongoNames.Revision] = change.Revision,
            [MongoNames.Fields] = new BsonArray(write.Source.Index.Select(MongoNames.FieldOf)),
            [MongoNames.Value] = MongoText.Of(write.Value!),
        };
        if (DocumentKey.Original(write.Source.Id) is { } original) document[MongoNames.Original] = original;
        return document;
    }

    /// <summary>Numbers without gaps, visible in order: whoever has raised the head holds it until the commit.</summary>
    private async Task AddEventsAsync(IClientSessionHandle session, CancellationToken cancellationToken)
    {
        var head = await database.Collection(MongoNames.Heads).FindOneAndUpdateAsync(session,
            Builders<BsonDocument>.Filter.Eq(MongoNames.Id, MongoNames.EventHead),
            Builders<BsonDocument>.Update.Inc(MongoNames.Sequence, (long)plan.Events.Count), cancellationToken: cancellationToken);
        var before = head[MongoNames.Sequence].AsInt64;
        await database.Collection(MongoNames.Events).InsertManyAsync(session,
            plan.Events.Select((added, index) => EventOf(added, before + index + 1)), cancellationToken: cancellationToken);
    }

    private BsonDocument EventOf(PlannedEvent added, long sequence) => new()
    {
        [MongoNames.Id] = sequence,
        [MongoNames.Type] = added.Type,
        [MongoNames.Key] = added.Key,
        [MongoNames.At] = plan.At.ToString("O", CultureInfo.InvariantCulture), // BSON's times have milliseconds
        [MongoNames.Data] = MongoText.Of(added.Data),
        [MongoNames.TraceParent] = plan.TraceParent is null ? BsonNull.Value : plan.TraceParent,
    };
}
