using System.Net.Sockets;
using System.Text;

namespace Platform.TestKit;

/// <summary>A client of HTTP/1.1 on a bare socket, which does with its connection what no library would.</summary>
public sealed class BareClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly Uri _server;

    private BareClient(Uri server) => _server = server;

    /// <summary>Connects and sends a request as it stands.</summary>
    public static async Task<BareClient> SendAsync(Uri server, string request)
    {
        var client = new BareClient(server);
        await client._socket.ConnectAsync(server.Host, server.Port);
        await client.SendAsync(request);
        return client;
    }

    /// <summary>Sends more.</summary>
    public async Task SendAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var sent = 0; sent < bytes.Length;) sent += await _socket.SendAsync(bytes.AsMemory(sent));
    }

    /// <summary>Closes the sending side, and waits until the server's side of the connection knows.</summary>
    public async Task CloseSendingAsync()
    {
        _socket.Shutdown(SocketShutdown.Send);
        // Its state in the kernel's table is CLOSE_WAIT, 08; what was answered already is another.
        var port = $":{((System.Net.IPEndPoint)_socket.LocalEndPoint!).Port:X4} 08 ";
        await Eventually.TrueAsync(
            () => _socket.Poll(0, SelectMode.SelectRead) || File.ReadLines("/proc/net/tcp").Any(line => line.Contains(port, StringComparison.Ordinal)),
            $"{_server} saw the end of the request");
    }

    /// <summary>Ends the connection at once, as a process does that is killed with unread data.</summary>
    public void Reset() => _socket.LingerState = new(enable: true, seconds: 0);

    /// <summary>What comes until the server closes the connection, or resets it.</summary>
    public async Task<string> ReadAsync()
    {
        var answer = new StringBuilder();
        var block = new byte[1 << 14];
        try
        {
            while (await _socket.ReceiveAsync(block).WaitAsync(Patience) is > 0 and var length)
                answer.Append(Encoding.UTF8.GetString(block, 0, length));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            // A request that was cut off has no answer.
        }

        return answer.ToString();
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();
}
