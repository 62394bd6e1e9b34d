namespace Platform.Hosting.Documents.Sqlite;

/// <summary>The tables of a store. Each record carries a checksum of its own (<see cref="RecordSeal"/>), for SQLite has none outside of its log.</summary>
internal static class SqliteSchema
{
    private const long Version = 1;

    private const string Tables = """
        create table documents (
            number integer primary key, collection text not null, id blob not null, revision integer not null, fields blob not null, value text not null,
            seal integer not null);
        create unique index documents_by_id on documents (collection, id);
        create table document_fields (
            collection text not null, field blob not null, value blob not null, id blob not null, primary key (collection, field, value, id)) without rowid;
        create table events (
            sequence integer primary key, type text not null, key text not null, at text not null, data text not null, trace_parent text, seal integer not null);
        create table account (name text primary key, count integer not null, sum integer not null, seal integer not null) without rowid;
        pragma user_version = 1
        """;

    /// <summary>
    /// Readies a connection that writes, and a file that is new. A commit is on the disk when it returns: the log is written ahead and synced each time.
    /// </summary>
    public static void Prepare(SqliteSession session, string path)
    {
        session.Execute("pragma journal_mode = wal");
        session.Execute("pragma synchronous = full");
        session.Execute("pragma secure_delete = fast"); // what was removed is overwritten where that costs no write of its own
        session.Execute("pragma journal_size_limit = 16777216");
        var version = session.Read("pragma user_version", row => row.GetInt64(0)).Single();
        if (version > Version) throw new IOException($"'{path}' was written by a later build; start that one, or put the folder in from a backup.");
        if (version == 0) session.InTransaction(() => session.Execute(Tables));
    }
}
