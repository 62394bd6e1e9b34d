using System.Text;
using Microsoft.Data.Sqlite;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>
/// The folder of a store: <c>documents.db</c> with SQLite's own files beside it, <c>documents.state</c>, which says whether those must be there,
/// and <c>damaged/</c>.
/// </summary>
internal sealed class SqliteFolder : IDisposable
{
    public const string Name = Stem + ".db";
    private const string Stem = "documents";
    private const string State = Stem + ".state";
    private const string LogSuffix = "-wal";

    private readonly FolderLock _lock;
    private readonly DurableFiles _files;
    private readonly CarryOver _carryOver;
    private readonly bool _wasOpened;
    private readonly ILogger _logger;

    private SqliteFolder(string path, FolderLock folderLock, DurableFiles files, StoreDamage damage, ILogger logger)
    {
        (Path, _lock, _files, Damage, _logger) = (path, folderLock, files, damage, logger);
        _carryOver = new CarryOver(path, files, damage, logger);
        _wasOpened = File.Exists(StatePath);
    }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, Name);

    public StoreDamage Damage { get; }

    private string StatePath => System.IO.Path.Combine(Path, State);

    /// <summary>Takes the folder, carries over what a store in files has left in it, and looks whether SQLite's log is whole.</summary>
    public static SqliteFolder Open(string path, DurableFiles files, TimeProvider time, ILogger logger)
    {
        files.CreateFolder(path);
        var folderLock = FolderLock.Take(path);
        try
        {
            var folder = new SqliteFolder(path, folderLock, files, new StoreDamage(path, files, time, logger), logger);
            folder._carryOver.Run();
            Look(path, folder.Damage);
            return folder;
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Tells what of SQLite's files is gone, or of its log damaged: SQLite itself passes over either without a word.</summary>
    public static void Look(string path, StoreDamage damage)
    {
        var (database, state) = (System.IO.Path.Combine(path, Name), System.IO.Path.Combine(path, State));
        var wasOpen = File.Exists(state) && File.ReadAllText(state).StartsWith("open", StringComparison.Ordinal);
        if (File.Exists(state) && !File.Exists(database)) damage.Found(Name, "it is missing, and with it all that the store held", null);
        if (wasOpen && !File.Exists(database + LogSuffix)) damage.Found(Name + LogSuffix, "it is missing, and with it the last commits", null);
        if (!File.Exists(database + LogSuffix)) return;
        var log = File.ReadAllBytes(database + LogSuffix);
        if (WriteAheadLog.DamageOf(log) is { } what) damage.Found(Name + LogSuffix, what, log);
    }

    /// <summary>The connection that writes.</summary>
    public SqliteSession OpenWriter()
    {
        var session = SqliteSession.Open(Database, SqliteOpenMode.ReadWriteCreate);
        try
        {
            SqliteSchema.Prepare(session, Database);
            Say("open"); // with the name of the log, which SQLite has made by now
            return session;
        }
        catch
        {
            Close(session);
            throw;
        }
    }

    /// <summary>Closes the connection that writes: the last to be closed, it folds the log into the file and removes it, which is said before.</summary>
    public void Close(IDisposable writer)
    {
        try
        {
            Say("closed");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            RemoveState();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>
    /// Once the database has been opened and read, by a start before this one, too, and nothing of it is damaged, nothing needs the files any more that it
    /// was carried over from.
    /// </summary>
    public void RemoveBefore()
    {
        if (_wasOpened && Damage.Findings.Count == 0) _carryOver.RemoveBefore();
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Rather than that the log is missed at the next start.</summary>
    private void RemoveState()
    {
        try
        {
            File.Delete(StatePath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            SqliteLog.NotSaidClosed(_logger, exception, Path);
        }
    }

    private void Say(string state)
    {
        _files.Replace(StatePath, Encoding.ASCII.GetBytes(state + "\n"));
        _files.SyncFolder(Path);
    }
}
