using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>Connections for reading: each read sees what was committed when it began, undisturbed by the writer.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _disposed;

    public T Run<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteDocumentStore));
        var session = _idle.TryTake(out var idle) ? idle : SqliteSession.Open(path, SqliteOpenMode.ReadOnly);
        try
        {
            return read(session);
        }
        finally
        {
            _idle.Add(session);
            if (_disposed) Dispose();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var session)) session.Dispose();
    }
}
