using MongoDB.Bson;

namespace Platform.Hosting.Tests.Documents.MongoDb;

/// <summary>The commands that are known, with the options that each of them takes; see MongoDB's manual, “Database commands”.</summary>
internal sealed class StandInCommands(StandInData data, StandInGreeting greeting, int port)
{
    private static readonly string[] Common =
        ["$db", "lsid", "txnNumber", "startTransaction", "autocommit", "readConcern", "writeConcern", "$readPreference", "$clusterTime", "maxTimeMS"];

    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["hello"] = ["helloOk", "client", "compression", "topologyVersion", "maxAwaitTimeMS", "backpressure"],
        ["isMaster"] = ["helloOk", "client", "compression", "topologyVersion", "maxAwaitTimeMS", "backpressure"],
        ["ping"] = [],
        ["endSessions"] = [],
        ["create"] = [],
        ["createIndexes"] = ["indexes"],
        ["insert"] = ["documents", "ordered"],
        ["update"] = ["updates", "ordered"],
        ["delete"] = ["deletes", "ordered"],
        ["find"] = ["filter", "sort", "projection", "limit", "singleBatch", "batchSize"],
        ["getMore"] = ["collection", "batchSize"],
        ["killCursors"] = ["cursors"],
        ["findAndModify"] = ["query", "update", "new"],
        ["commitTransaction"] = ["recoveryToken"],
        ["abortTransaction"] = ["recoveryToken"],
        ["dropDatabase"] = [],
    };

    public BsonDocument Run(BsonDocument command)
    {
        try
        {
            var name = command.GetElement(0).Name;
            Check(name, command);
            var answer = RunKnown(name, command);
            answer["ok"] = 1.0;
            return answer;
        }
        catch (StandInException refusal)
        {
            return refusal.Answer;
        }
    }

    private static void Check(string name, BsonDocument command)
    {
        if (!Known.TryGetValue(name, out var options)) throw new StandInException(59, "CommandNotFound", $"no such command: '{name}'");
        var unknown = command.Names.Skip(1).FirstOrDefault(option => !Common.Contains(option) && !options.Contains(option));
        if (unknown is not null) throw new StandInException(40415, "IDLUnknownField", $"BSON field '{name}.{unknown}' is an unknown field.");
    }

    private BsonDocument RunKnown(string name, BsonDocument command) => name switch
    {
        "hello" or "isMaster" => Greet(),
        "ping" or "endSessions" => [],
        "commitTransaction" => data.Commit(command),
        "abortTransaction" => data.Abort(command),
        "dropDatabase" => data.Drop(command["$db"].AsString),
        "create" => data.Create(NamespaceOf(command)),
        "createIndexes" => [],
        "insert" => data.Write(command, view => StandInWrites.Insert(view, NamespaceOf(command), command)),
        "update" => data.Write(command, view => StandInWrites.Update(view, NamespaceOf(command), command)),
        "delete" => data.Write(command, view => StandInWrites.Delete(view, NamespaceOf(command), command)),
        "findAndModify" => data.Write(command, view => StandInWrites.FindAndModify(view, NamespaceOf(command), command)),
        "find" => data.Find(NamespaceOf(command), command),
        "getMore" => data.Cursors.Next(command),
        _ => data.Cursors.Kill(command),
    };

    private static string NamespaceOf(BsonDocument command) => $"{command["$db"].AsString}.{command[0].AsString}";

    private BsonDocument Greet()
    {
        var answer = new BsonDocument
        {
            ["helloOk"] = true,
            ["ismaster"] = true,
            ["isWritablePrimary"] = true,
            ["maxBsonObjectSize"] = 16 << 20,
            ["maxMessageSizeBytes"] = 48_000_000,
            ["maxWriteBatchSize"] = 100_000,
            ["localTime"] = DateTime.UtcNow,
            ["logicalSessionTimeoutMinutes"] = 30,
            ["minWireVersion"] = 0,
            ["maxWireVersion"] = greeting.WireVersion,
            ["readOnly"] = false,
        };
        if (!greeting.IsReplicaSet) return answer;
        var address = $"127.0.0.1:{port}";
        answer.AddRange(new BsonDocument
        {
            ["setName"] = "stand-in",
            ["setVersion"] = 1,
            ["secondary"] = false,
            ["hosts"] = new BsonArray { address },
            ["primary"] = address,
            ["me"] = address,
        });
        return answer;
    }
}

/// <summary>A refusal, as a server words it.</summary>
internal sealed class StandInException(int code, string name, string message, string? label = null) : Exception(message)
{
    public static StandInException WriteConflict() =>
        new(112, "WriteConflict", "Write conflict during plan execution and yielding is disabled.", "TransientTransactionError");

    public static StandInException NoSuchTransaction() =>
        new(251, "NoSuchTransaction", "The transaction is not known, or has been aborted.", "TransientTransactionError");

    public static StandInException Unknown(string what) => new(9, "FailedToParse", $"unknown to the stand-in: {what}");

    public int Code => code;

    public BsonDocument Answer
    {
        get
        {
            var answer = new BsonDocument { ["ok"] = 0.0, ["errmsg"] = Message, ["code"] = code, ["codeName"] = name };
            if (label is not null) answer["errorLabels"] = new BsonArray { label };
            return answer;
        }
    }
}
