using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Platform.Hosting.Storage;
using SQLitePCL;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>Tells what SQLite says of a disk in the words that the other stores use, with the number (errno) that says why.</summary>
internal static class SqliteFaults
{
    private const int NoSpace = 28; // ENOSPC
    private const int ReadOnly = 30; // EROFS

    /// <summary>The fault of the disk; the exception itself where it is one of the program.</summary>
    public static Exception Of(SqliteException exception, SqliteConnection connection, string path) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => SqliteDamageException.Of(path, exception),
        raw.SQLITE_FULL => Disk(exception, path, NoSpace),
        raw.SQLITE_READONLY => Disk(exception, path, ReadOnly),
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN => Disk(exception, path, Number(connection)),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL or raw.SQLITE_NOMEM => Disk(exception, path, StorageFaults.Failed), // may pass
        _ => exception,
    };

    private static IOException Disk(SqliteException exception, string path, int number) =>
        new($"'{path}' cannot be used: {exception.Message}", exception) { HResult = number };

    private static int Number(SqliteConnection connection) =>
        connection.Handle is { IsInvalid: false } handle && sqlite3_system_errno(handle) is > 0 and var number ? number : StorageFaults.Failed;

#pragma warning disable SYSLIB1054, IDE1006 // one plain C call that the library for .NET leaves out
    [DllImport("e_sqlite3"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int sqlite3_system_errno(SafeHandle database);
#pragma warning restore SYSLIB1054, IDE1006
}
