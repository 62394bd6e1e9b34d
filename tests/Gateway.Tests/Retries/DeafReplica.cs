using System.Net;
using System.Net.Sockets;

namespace Platform.Gateway.Tests.Retries;

/// <summary>An address that neither accepts a connection nor refuses it: the queue before its listener is full, and nobody empties it.</summary>
internal sealed class DeafReplica : IAsyncDisposable
{
    private static readonly TimeSpan NoAnswer = TimeSpan.FromMilliseconds(500);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _queue = [];

    public Uri Address => new($"http://{_listener.LocalEndPoint}");

    public static async Task<DeafReplica> StartAsync()
    {
        var replica = new DeafReplica();
        replica._listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        replica._listener.Listen(backlog: 1);
        while (await replica.TakesAnotherAsync()) { }
        return replica;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var socket in _queue) socket.Dispose();
        _listener.Dispose();
        return default;
    }

    private async Task<bool> TakesAnotherAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _queue.Add(socket);
        using var given = new CancellationTokenSource(NoAnswer);
        try
        {
            await socket.ConnectAsync(_listener.LocalEndPoint!, given.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
