using Platform.Hosting.Documents.Files;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>What a store should hold, kept with each commit, so that a document or an event that is gone is missed.</summary>
/// <param name="LastSequence">Sequence number of the last event.</param>
/// <param name="Collections">What each collection holds.</param>
internal sealed record SqliteAccount(long LastSequence, IReadOnlyDictionary<string, CollectionTotal> Collections)
{
    private const string Events = ""; // no collection is called that

    /// <summary>What the file says; where a line of it is damaged, what is there is taken for all, and that is told.</summary>
    public static SqliteAccount Read(SqliteSession session, StoreDamage damage)
    {
        var (last, collections) = (0L, new Dictionary<string, CollectionTotal>());
        var lines = session.Read("select name, count, sum, seal from account",
            row => (row.GetString(0), SqliteRow.Integer(row, 1), SqliteRow.Integer(row, 2), SqliteRow.Integer(row, 3)));
        foreach (var (name, count, sum, seal) in lines)
        {
            if (RecordSeal.OfAccount(name, count, sum) != seal) damage.Noticed("account", $"what it says of '{name}' is damaged", null);
            else if (name == Events) last = count;
            else collections[name] = new CollectionTotal((int)count, sum);
        }
        foreach (var name in session.Read("select distinct collection from documents", row => row.GetString(0)).Where(name => !collections.ContainsKey(name)))
            collections[name] = SqliteCount.Of(session, name);
        return new SqliteAccount(Math.Max(last, session.Read("select coalesce(max(sequence), 0) from events", row => row.GetInt64(0)).Single()), collections);
    }

    /// <summary>Writes what differs from <paramref name="before"/>.</summary>
    public void Save(SqliteSession session, SqliteAccount before)
    {
        if (LastSequence != before.LastSequence) Save(session, Events, LastSequence, 0);
        foreach (var (name, total) in Collections)
            if (!before.Collections.TryGetValue(name, out var known) || known != total) Save(session, name, total.Count, total.Sum);
    }

    /// <summary>Writes what is there already, to see whether the disk takes it.</summary>
    public void Touch(SqliteSession session) => Save(session, Events, LastSequence, 0);

    private static void Save(SqliteSession session, string name, long count, long sum) => session.Execute(
        "insert or replace into account (name, count, sum, seal) values ($1, $2, $3, $4)",
        name, count, sum, RecordSeal.OfAccount(name, count, sum));
}
