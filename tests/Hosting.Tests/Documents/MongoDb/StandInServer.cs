using System.Net;
using System.Net.Sockets;

namespace Platform.Hosting.Tests.Documents.MongoDb;

/// <summary>
/// No MongoDB, but what stands in for one where none can be installed: it speaks MongoDB's wire protocol (OP_MSG, and OP_QUERY for
/// the greeting) with the real driver, and knows the commands, options and operators that the document store sends, with
/// transactions over snapshots in which the first writer wins. Whatever else it is sent it refuses by name, so that nothing
/// is taken to work that was never tried. What it answers follows MongoDB's public manual and driver specifications; a real
/// server runs the same tests where PLATFORM_TEST_MONGODB names one.
/// </summary>
internal sealed class StandInServer : IAsyncDisposable
{
    private readonly List<StandInConnection> _connections = [];
    private readonly StandInData _data = new();
    private readonly int _port;
    private TcpListener _listener;
    private Task _accepting;

    public StandInServer()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    public string ConnectionString => $"mongodb://127.0.0.1:{_port}/?directConnection=true";

    /// <summary>What the greeting says.</summary>
    public StandInGreeting Greeting { get; set; } = new();

    /// <summary>Names of commands after each of which, once, the connection breaks before the answer is sent.</summary>
    public Queue<string> AnswersToLose { get; } = new();

    /// <summary>Breaks every connection, in the middle of whatever it does.</summary>
    public void BreakConnections()
    {
        lock (_connections)
        {
            foreach (var connection in _connections) connection.Dispose();
            _connections.Clear();
        }
    }

    /// <summary>Refuses connections until <see cref="Resume"/>; what it holds it keeps.</summary>
    public async Task PauseAsync()
    {
        _listener.Stop();
        BreakConnections();
        await _accepting;
    }

    public void Resume()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync() => await PauseAsync();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                var connection = new StandInConnection(client, new StandInCommands(_data, Greeting, _port), this);
                lock (_connections) _connections.Add(connection);
                _ = connection.RunAsync();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }
}

/// <summary>What a server says of itself to a driver.</summary>
internal sealed record StandInGreeting(int WireVersion = 21, bool IsReplicaSet = true);
