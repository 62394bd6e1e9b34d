using Platform.Hosting.Documents.Files;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>Counts what a collection holds, some documents at a time. Where others may write meanwhile, it wants a transaction.</summary>
internal sealed class SqliteCount(SqliteSession session, string collection)
{
    private const int Together = 1000;
    private const string First = "select id, revision from documents where collection = $1 and id >= $2 order by id limit $3";
    private const string Next = "select id, revision from documents where collection = $1 and id > $2 order by id limit $3";

    private byte[]? _last;

    /// <summary>What was counted.</summary>
    public CollectionTotal Total { get; private set; }

    /// <summary>What the collection holds, counted without a rest.</summary>
    public static CollectionTotal Of(SqliteSession session, string collection)
    {
        var count = new SqliteCount(session, collection);
        while (count.TryCount(out _)) { }
        return count.Total;
    }

    /// <summary>Counts on; false at the end. <paramref name="bytes"/> is how much was read.</summary>
    public bool TryCount(out long bytes)
    {
        var documents = session.Read(_last is null ? First : Next,
            row => (Id: SqliteRow.Bytes(row, 0), Revision: SqliteRow.Integer(row, 1)), collection, _last ?? [], Together);
        foreach (var (id, revision) in documents) Total = Total.With(SqliteText.Restore(id), revision);
        bytes = documents.Sum(document => (long)document.Id.Length + sizeof(long));
        if (documents.Count < Together || documents[^1].Id.AsSpan().SequenceCompareTo(_last) <= 0) return false; // a damaged index has no order
        _last = documents[^1].Id;
        return true;
    }
}
