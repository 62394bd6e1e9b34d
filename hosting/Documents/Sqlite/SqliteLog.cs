namespace Platform.Hosting.Documents.Sqlite;

internal static partial class SqliteLog
{
    [LoggerMessage(LogLevel.Information,
        "The documents of '{Folder}' were carried over into SQLite: {Documents} documents and {Events} events; the files are kept in '{Before}' until a later start has opened the database without damage")]
    public static partial void CarriedOver(ILogger logger, string folder, int documents, long events, string before);

    [LoggerMessage(LogLevel.Warning, "It could not be written to '{Folder}' that its documents were closed; the next start may tell of a log that is missing")]
    public static partial void NotSaidClosed(ILogger logger, Exception exception, string folder);

    [LoggerMessage(LogLevel.Error, "A damaged document could not be removed from '{Folder}'; it is tried again when it is read")]
    public static partial void NotRemoved(ILogger logger, Exception exception, string folder);
}
