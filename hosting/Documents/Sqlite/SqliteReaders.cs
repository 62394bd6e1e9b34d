using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>Connections for reading: each read sees what was committed when it began, undisturbed by the writer.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    /// <summary>Each holds memory and files: more than these are closed when nobody reads with them.</summary>
    public const int MostIdle = 16;

    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private int _free = MostIdle;
    private volatile bool _disposed;

    /// <summary>How many wait for the next read.</summary>
    public int Idle => _idle.Count;

    public T Run<T>(Func<SqliteSession, T> read)
    {
        var session = Take();
        try
        {
            return read(session);
        }
        finally
        {
            GiveBack(session);
        }
    }

    /// <summary>As <see cref="Run"/>, of reading that rests in between.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteSession, Task<T>> read)
    {
        var session = Take();
        try
        {
            return await read(session);
        }
        finally
        {
            GiveBack(session);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (TryTakeIdle(out var session)) session.Dispose();
    }

    private SqliteSession Take()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteDocumentStore));
        return TryTakeIdle(out var idle) ? idle : SqliteSession.Open(path, SqliteOpenMode.ReadOnly);
    }

    private bool TryTakeIdle([NotNullWhen(true)] out SqliteSession? session)
    {
        if (!_idle.TryTake(out session)) return false;
        Interlocked.Increment(ref _free);
        return true;
    }

    private void GiveBack(SqliteSession session)
    {
        if (session.IsInTransaction)
        {
            session.Dispose(); // the read has failed amid it
            return;
        }
        if (Interlocked.Decrement(ref _free) >= 0)
        {
            _idle.Add(session);
        }
        else
        {
            Interlocked.Increment(ref _free);
            session.Dispose();
        }
        if (_disposed) Dispose();
    }
}
