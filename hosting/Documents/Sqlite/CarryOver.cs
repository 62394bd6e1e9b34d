using System.Globalization;
using Microsoft.Data.Sqlite;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>
/// Takes what a store in files has left in a folder over into SQLite, once. The database gets its name only when all is in it, so that one that was
/// interrupted begins again; the files are kept in <c>before-sqlite/</c> until the store has been opened for the second time.
/// </summary>
internal sealed class CarryOver(string folder, DurableFiles files, StoreDamage damage, ILogger logger)
{
    private static readonly string[] Parts = ["documents", "events", "journal", "account.json"];

    private bool _isNew;

    private string Database => Path.Combine(folder, SqliteFolder.Name);

    private string Unfinished => Database + DurableFiles.TemporarySuffix;

    private string Before => Path.Combine(folder, "before-sqlite");

    public void Run()
    {
        if (Left().Count == 0) return;
        if (!File.Exists(Database)) Write();
        SetAside();
        _isNew = true;
    }

    /// <summary>Removes the files that were carried over by a start before this one.</summary>
    public void RemoveBefore()
    {
        if (_isNew || !Directory.Exists(Before)) return;
        Directory.Delete(Before, recursive: true);
        files.SyncFolder(folder);
    }

    private List<string> Left() => [.. Parts.Select(part => Path.Combine(folder, part)).Where(Path.Exists)];

    private void Write()
    {
        foreach (var left in Directory.GetFiles(folder, Path.GetFileName(Unfinished) + "*")) files.Delete(left);
        var store = new StoreFolder(folder, files, damage);
        var state = Replay.Of(store.Journal, store.Load(), damage).State;
        var events = store.Events.Read(1, state.FirstRecent, int.MaxValue).Concat(state.RecentEvents).ToList();
        using (var session = SqliteSession.Open(Unfinished, SqliteOpenMode.ReadWriteCreate))
        {
            SqliteSchema.Prepare(session, Unfinished);
            session.InTransaction(() => Write(session, state, events));
        }
        if (File.Exists(Unfinished + "-wal")) throw new IOException($"'{Unfinished}' could not be finished; free the disk and start again.");
        files.Rename(Unfinished, Database);
        files.SyncFolder(folder);
        SqliteLog.CarriedOver(logger, folder, state.Collections.Values.Sum(documents => documents.Total.Count), state.LastSequence, Before);
    }

    private static void Write(SqliteSession session, StoreState state, IReadOnlyList<StoredEvent> events)
    {
        var nothing = new SqliteAccount(0, new Dictionary<string, CollectionTotal>());
        foreach (var (collection, documents) in state.Collections)
            foreach (var document in documents.Page(new DocumentQuery(collection) { Limit = int.MaxValue }).Items)
                SqliteCommit.Insert(session, collection, SqliteText.Of(document.Id), document.Revision, document.Index, document.Value.GetRawText());
        foreach (var stored in events)
            SqliteEvents.Insert(session, stored.Sequence, stored.Type, stored.Key, stored.At.ToString("O", CultureInfo.InvariantCulture),
                stored.Data.GetRawText(), stored.TraceParent);
        new SqliteAccount(state.LastSequence, state.Collections.ToDictionary(collection => collection.Key, collection => collection.Value.Total)).Save(session, nothing);
    }

    private void SetAside()
    {
        files.CreateFolder(Before);
        foreach (var part in Left())
        {
            var kept = Path.Combine(Before, Path.GetFileName(part));
            if (Path.Exists(kept)) throw new IOException(
                $"'{part}' was written after the documents were carried over to '{Database}'. Move away the one that does not count, and '{Before}'.");
            Directory.Move(part, kept);
        }
        files.SyncFolder(Before);
        files.SyncFolder(folder);
    }
}
