using System.Globalization;
using System.Text;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>The batches of one transaction, applied one after the other: each sees what those before it wrote.</summary>
internal sealed class SqliteCommit(SqliteSession session, SqliteAccount account, StoreDamage damage)
{
    private const string Find = $"select {SqliteRow.Columns} from documents d where d.collection = $1 and d.id = $2";

    private const string Put = """
        insert into documents (collection, id, revision, fields, value, seal) values ($1, $2, $3, $4, $5, $6)
        on conflict (collection, id) do update set revision = excluded.revision, fields = excluded.fields, value = excluded.value, seal = excluded.seal
        """;

    private readonly Dictionary<string, CollectionTotal> _totals = new(account.Collections);

    /// <summary>The account after the batches.</summary>
    public SqliteAccount Account => new(LastSequence, _totals);

    private long LastSequence { get; set; } = account.LastSequence;

    /// <summary>Writes a document that is not there yet.</summary>
    public static void Insert(SqliteSession session, string collection, byte[] id, long revision, IReadOnlyDictionary<string, string> index, string value)
    {
        Store(session, collection, id, revision, index, value);
        WriteFields(session, index, collection, id, null);
    }

    /// <summary>Writes the batch; or writes nothing and returns the conflict.</summary>
    public DocumentConflict? Apply(BatchPlan plan)
    {
        var ids = plan.Targets.ToDictionary(target => target, target => SqliteText.Of(plan.IdOf(target)));
        var stored = plan.Targets.Select(target => (target, Row: FindWhole(target.Collection, ids[target]))).Where(found => found.Row is not null)
            .ToDictionary(found => found.target, found => found.Row!);
        var changes = plan.Play(stored.ToDictionary(found => found.Key, found => found.Value.Revision), out var conflict);
        if (conflict is not null) return conflict;
        foreach (var change in changes) Write(change, ids[change.Write.Target], stored.GetValueOrDefault(change.Write.Target));
        foreach (var planned in plan.Events) Append(planned, plan);
        return null;
    }

    /// <summary>
    /// A collection was found to hold something else than it should: from now on that difference is expected. What was committed since stays counted.
    /// </summary>
    public void Correct(string collection, CollectionTotal found, CollectionTotal expected)
    {
        var total = _totals.GetValueOrDefault(collection);
        _totals[collection] = new CollectionTotal(total.Count + found.Count - expected.Count, total.Sum ^ found.Sum ^ expected.Sum);
    }

    /// <summary>The document; null where there is none, or a damaged one, which is set aside.</summary>
    public SqliteRow? FindWhole(string collection, byte[] id)
    {
        if (session.Read(Find, SqliteRow.Read, collection, id) is not [var row]) return null;
        if (row.IsWhole) return row;
        damage.Found(SqliteRow.PlaceOf(collection, SqliteText.Restore(id)), "it is damaged", row.Value);
        Remove(collection, id, row.Revision);
        return null;
    }

    /// <summary>Removes a document, and what the index has of it, however damaged it is; that others are missing besides is still to be found.</summary>
    private void Remove(string collection, byte[] id, long revision)
    {
        session.Execute("delete from documents where collection = $1 and id = $2", collection, id);
        session.Execute("delete from document_fields where collection = $1 and id = $2", collection, id);
        _totals[collection] = _totals.GetValueOrDefault(collection).Without(SqliteText.Restore(id), revision);
    }

    private void Write(NetChange change, byte[] id, SqliteRow? before)
    {
        var (collection, total) = (change.Write.Target.Collection, _totals.GetValueOrDefault(change.Write.Target.Collection));
        if (before is not null) total = total.Without(change.Write.Source.Id, before.Revision);
        if (change.Write.Value is { } value)
        {
            var fields = Store(session, collection, id, change.Revision, change.Write.Source.Index, value);
            if (before is null || !before.Fields.AsSpan().SequenceEqual(fields)) WriteFields(session, change.Write.Source.Index, collection, id, before);
            total = total.With(change.Write.Source.Id, change.Revision);
        }
        else if (before is not null)
        {
            session.Execute("delete from documents where collection = $1 and id = $2", collection, id);
            WriteFields(session, new Dictionary<string, string>(), collection, id, before);
        }
        _totals[collection] = total;
    }

    private static byte[] Store(SqliteSession session, string collection, byte[] id, long revision, IReadOnlyDictionary<string, string> index, string value)
    {
        var fields = SqliteFields.Write(index);
        session.Execute(Put, collection, id, revision, fields, value, RecordSeal.OfDocument(collection, id, revision, fields, Encoding.UTF8.GetBytes(value)));
        return fields;
    }

    private static void WriteFields(SqliteSession session, IReadOnlyDictionary<string, string> fields, string collection, byte[] id, SqliteRow? before)
    {
        foreach (var (field, value) in before is null ? new Dictionary<string, string>() : SqliteFields.Read(before.Fields))
            session.Execute("delete from document_fields where collection = $1 and field = $2 and value = $3 and id = $4",
                collection, SqliteText.Of(field), SqliteText.Of(value), id);
        foreach (var (field, value) in fields)
            session.Execute("insert or ignore into document_fields (collection, field, value, id) values ($1, $2, $3, $4)",
                collection, SqliteText.Of(field), SqliteText.Of(value), id);
    }

    private void Append(PlannedEvent planned, BatchPlan plan) =>
        SqliteEvents.Insert(session, ++LastSequence, planned.Type, planned.Key, plan.At.ToString("O", CultureInfo.InvariantCulture), planned.Data, plan.TraceParent);
}
