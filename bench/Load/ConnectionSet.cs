namespace Platform.Bench.Load;

/// <summary>
/// Connections to one server that have each been answered once: to accept one costs a server as much as several requests, and is not
/// what is measured.
/// </summary>
internal sealed class ConnectionSet : IDisposable
{
    /// <param name="port">Where the server listens.</param>
    /// <param name="request">What each connection sends once.</param>
    /// <param name="count">How many.</param>
    public ConnectionSet(int port, WireRequest request, int count)
    {
        All = [.. Enumerable.Range(0, count).Select(_ => request.Connect(port))];
        foreach (var connection in All)
        {
            connection.Send(request, dueAt: 0);
            while (connection.TryReceive() is null) Thread.Yield();
        }
    }

    public IReadOnlyList<LoadConnection> All { get; }

    public void Dispose()
    {
        foreach (var connection in All) connection.Dispose();
    }
}
