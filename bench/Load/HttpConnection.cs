using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Platform.Bench.Load;

/// <summary>
/// A keep-alive connection that sends prepared bytes and reads to the end of the answer: little else, so that the client's
/// core is not what is measured. Understands Content-Length only.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 << 10];

    private HttpConnection()
    {
    }

    /// <summary>The body of the last answer.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    public static async Task<HttpConnection> OpenAsync(int port)
    {
        var connection = new HttpConnection();
        await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return connection;
    }

    /// <summary>Sends the request and returns the status of the answer, read to its last byte.</summary>
    public async ValueTask<int> SendAsync(WireRequest request, CancellationToken cancellationToken)
    {
        var sent = 0;
        while (sent < request.Wire.Length) sent += await _socket.SendAsync(request.Wire.AsMemory(sent), cancellationToken);

        var (received, total, status) = (0, int.MaxValue, 0);
        while (received < total)
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(received), cancellationToken);
            if (count == 0) throw new IOException("The server closed the connection.");
            received += count;
            if (status == 0) (status, total) = ReadHead(received);
        }
        return status;
    }

    public void Dispose() => _socket.Dispose();

    private (int Status, int Total) ReadHead(int received)
    {
        var head = _buffer.AsSpan(0, received);
        var end = head.IndexOf("\r\n\r\n"u8);
        if (end < 0) return (0, int.MaxValue);
        head = head[..end];
        Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out int status, out _);
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) throw new InvalidDataException("The answer has no Content-Length.");
        Utf8Parser.TryParse(head[(at + "Content-Length: ".Length)..], out int length, out _);
        Body = _buffer.AsMemory(end + 4, length);
        return (status, end + 4 + length);
    }
}
