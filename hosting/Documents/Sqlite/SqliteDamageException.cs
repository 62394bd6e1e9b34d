using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>SQLite has met a page that is not what it wrote.</summary>
internal sealed class SqliteDamageException(string path, Exception cause)
    : IOException($"'{path}' is damaged: {cause.Message}. Put the folder in from a backup.", cause)
{
    /// <summary>Gives it the number of an input or output error.</summary>
    public static SqliteDamageException Of(string path, Exception cause) => new(path, cause) { HResult = StorageFaults.Failed };
}
