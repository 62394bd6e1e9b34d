using System.Collections.Immutable;
using MongoDB.Bson;

namespace Platform.Hosting.Tests.Documents.MongoDb;

using Namespaces = ImmutableDictionary<string, ImmutableSortedDictionary<BsonValue, BsonDocument>>;

/// <summary>
/// All documents, and the transactions that are open. A transaction reads the state at its beginning and its own writes; a
/// document that another has changed since, or is changing, refuses it (MongoDB's manual, “In-progress transactions and write
/// conflicts”). A write outside of transactions waits until the document is free.
/// </summary>
internal sealed class StandInData
{
    // A server ends a transaction after a minute; whose client has gone would hold its documents for as long.
    private static readonly TimeSpan TransactionLifetime = TimeSpan.FromSeconds(3);

    private readonly object _gate = new();
    private readonly Dictionary<BsonValue, StandInTransaction> _transactions = [];
    private readonly Dictionary<(string Namespace, BsonValue Id), StandInTransaction> _locks = [];
    private Namespaces _committed = Namespaces.Empty;

    public StandInCursors Cursors { get; } = new();

    public BsonDocument Create(string name)
    {
        lock (_gate)
        {
            if (_committed.ContainsKey(name)) throw new StandInException(48, "NamespaceExists", $"Collection {name} already exists.");
            _committed = _committed.Add(name, StandInView.Empty);
            return [];
        }
    }

    public BsonDocument Drop(string database)
    {
        lock (_gate)
        {
            _committed = _committed.RemoveRange(_committed.Keys.Where(name => name.StartsWith(database + ".", StringComparison.Ordinal)));
            return [];
        }
    }

    public BsonDocument Find(string name, BsonDocument command)
    {
        lock (_gate) return Cursors.Open(name, command, StandInQuery.Run(ViewOf(command).Documents(name), command));
    }

    /// <summary>Runs a command that writes: in its transaction, or by itself, whole or not at all.</summary>
    public BsonDocument Write(BsonDocument command, Func<StandInView, BsonDocument> write)
    {
        lock (_gate)
        {
            if (TransactionOf(command) is { } transaction) return InTransaction(transaction, () => write(transaction.View));
            while (true)
            {
                var alone = new StandInTransaction(_committed);
                var answer = write(alone.View);
                if (alone.View.Writes.Keys.All(key => !_locks.ContainsKey(key)))
                {
                    Apply(alone);
                    return answer;
                }
                EndTheForgotten();
                System.Threading.Monitor.Wait(_gate, 10);
            }
        }
    }

    public BsonDocument Commit(BsonDocument command)
    {
        lock (_gate)
        {
            if (!_transactions.TryGetValue(command["lsid"], out var transaction) || transaction.Number != command["txnNumber"].ToInt64() || transaction.IsAborted)
                throw StandInException.NoSuchTransaction();
            if (!transaction.IsCommitted) Apply(transaction); // asked again it says so again
            (transaction.IsCommitted, _) = (true, End(transaction));
            return [];
        }
    }

    public BsonDocument Abort(BsonDocument command)
    {
        lock (_gate)
        {
            if (_transactions.TryGetValue(command["lsid"], out var transaction) && transaction.Number == command["txnNumber"].ToInt64())
                transaction.IsAborted = End(transaction);
            return [];
        }
    }

    private StandInView ViewOf(BsonDocument command) => TransactionOf(command)?.View ?? new StandInTransaction(_committed).View;

    private StandInTransaction? TransactionOf(BsonDocument command)
    {
        if (!command.Contains("autocommit")) return null;
        var (session, number) = (command["lsid"], command["txnNumber"].ToInt64());
        if (command.GetValue("startTransaction", false).AsBoolean) return Begin(session, number, command);
        if (command.Contains("readConcern")) throw new StandInException(72, "InvalidOptions", "only the first command of a transaction may have a read concern");
        if (!_transactions.TryGetValue(session, out var open) || open.Number != number || open.IsAborted || open.IsCommitted)
            throw StandInException.NoSuchTransaction();
        open.UsedAt = Environment.TickCount64;
        return open;
    }

    private StandInTransaction Begin(BsonValue session, long number, BsonDocument command)
    {
        if (command.Contains("writeConcern")) throw new StandInException(72, "InvalidOptions", "only the end of a transaction may have a write concern");
        if (_transactions.TryGetValue(session, out var earlier)) End(earlier);
        return _transactions[session] = new StandInTransaction(_committed) { Number = number };
    }

    private BsonDocument InTransaction(StandInTransaction transaction, Func<BsonDocument> write)
    {
        try
        {
            var answer = write();
            EndTheForgotten();
            foreach (var key in transaction.View.Writes.Keys) Lock(transaction, key);
            if (answer.Contains("writeErrors")) transaction.IsAborted = End(transaction);
            return answer;
        }
        catch (StandInException)
        {
            transaction.IsAborted = End(transaction); // any error ends it
            throw;
        }
    }

    private void Lock(StandInTransaction transaction, (string Namespace, BsonValue Id) key)
    {
        if (_locks.TryGetValue(key, out var owner) && owner == transaction) return;
        var now = _committed.GetValueOrDefault(key.Namespace, StandInView.Empty).GetValueOrDefault(key.Id);
        if (owner is not null || !ReferenceEquals(now, transaction.View.AtBeginning(key))) throw StandInException.WriteConflict();
        _locks.Add(key, transaction);
    }

    private void Apply(StandInTransaction transaction)
    {
        foreach (var ((name, id), document) in transaction.View.Writes)
        {
            var documents = _committed.GetValueOrDefault(name, StandInView.Empty);
            _committed = _committed.SetItem(name, document is null ? documents.Remove(id) : documents.SetItem(id, document));
        }
    }

    private bool End(StandInTransaction transaction)
    {
        foreach (var (key, _) in _locks.Where(held => held.Value == transaction).ToList()) _locks.Remove(key);
        System.Threading.Monitor.PulseAll(_gate);
        return true;
    }

    private void EndTheForgotten()
    {
        foreach (var forgotten in _locks.Values.Distinct().Where(open => Environment.TickCount64 - open.UsedAt > TransactionLifetime.TotalMilliseconds).ToList())
            forgotten.IsAborted = End(forgotten);
    }
}

/// <summary>A transaction over the state that it began with.</summary>
internal sealed class StandInTransaction(Namespaces beginning)
{
    public StandInView View { get; } = new(beginning);

    public long Number { get; init; }

    public bool IsCommitted { get; set; }

    public bool IsAborted { get; set; }

    public long UsedAt { get; set; } = Environment.TickCount64;
}
