using MongoDB.Bson;

namespace Platform.Hosting.Tests.Documents.MongoDb;

/// <summary>What is left of answers that take several messages: the first holds 101 documents where nothing else is asked for.</summary>
internal sealed class StandInCursors
{
    private const int FirstBatch = 101;

    private readonly Dictionary<long, Queue<BsonDocument>> _open = [];
    private long _last;

    public BsonDocument Open(string name, BsonDocument command, IEnumerable<BsonDocument> found)
    {
        var rest = new Queue<BsonDocument>(found);
        var batch = Take(rest, command.GetValue("batchSize", FirstBatch).ToInt32());
        if (rest.Count == 0 || command.GetValue("singleBatch", false).AsBoolean) return Answer(name, 0, "firstBatch", batch);
        lock (_open)
        {
            _open[++_last] = rest;
            return Answer(name, _last, "firstBatch", batch);
        }
    }

    public BsonDocument Next(BsonDocument command)
    {
        lock (_open)
        {
            var id = command["getMore"].ToInt64();
            if (!_open.TryGetValue(id, out var rest)) throw new StandInException(43, "CursorNotFound", $"cursor id {id} not found");
            var batch = Take(rest, command.GetValue("batchSize", int.MaxValue).ToInt32());
            if (rest.Count == 0) _open.Remove(id);
            return Answer($"{command["$db"].AsString}.{command["collection"].AsString}", rest.Count == 0 ? 0 : id, "nextBatch", batch);
        }
    }

    public BsonDocument Kill(BsonDocument command)
    {
        lock (_open)
        {
            foreach (var id in command["cursors"].AsBsonArray) _open.Remove(id.ToInt64());
            return new BsonDocument { ["cursorsKilled"] = command["cursors"] };
        }
    }

    private static BsonArray Take(Queue<BsonDocument> rest, int count)
    {
        var batch = new BsonArray();
        while (batch.Count < count && rest.TryDequeue(out var next)) batch.Add(next);
        return batch;
    }

    private static BsonDocument Answer(string name, long id, string field, BsonArray batch) =>
        new("cursor", new BsonDocument { ["id"] = id, ["ns"] = name, [field] = batch });
}
