using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Platform.Bench.Load;

/// <summary>
/// A keep-alive connection that sends prepared bytes and looks for the end of the answer without ever waiting: little else, so
/// that the client's core is not what is measured. Understands Content-Length only.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = 256 << 10 };
    private readonly byte[] _buffer = new byte[256 << 10];
    private int _received;
    private int _total;
    private int _status;

    public HttpConnection(int port)
    {
        _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        _socket.Blocking = false;
    }

    public int Descriptor => (int)_socket.Handle;

    /// <summary>When the request in progress was due, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public long DueAt { get; private set; }

    public void Send(WireRequest request, long dueAt)
    {
        (DueAt, _received, _total, _status) = (dueAt, 0, int.MaxValue, 0);
        for (var sent = 0; sent < request.Wire.Length;)
        {
            sent += _socket.Send(request.Wire.AsSpan(sent), SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.WouldBlock)) throw new SocketException((int)error);
        }
    }

    /// <summary>Reads what has come; the status once the answer is there to its last byte, null until then.</summary>
    public int? TryReceive()
    {
        var count = _socket.Receive(_buffer.AsSpan(_received), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return null;
        if (error != SocketError.Success) throw new SocketException((int)error);
        if (count == 0) throw new IOException("The server closed the connection.");
        _received += count;
        if (_status == 0) ReadHead();
        return _received >= _total ? _status : null;
    }

    public void Dispose() => _socket.Dispose();

    private void ReadHead()
    {
        var head = _buffer.AsSpan(0, _received);
        var end = head.IndexOf("\r\n\r\n"u8);
        if (end < 0) return;
        head = head[..end];
        Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out _status, out _);
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) throw new InvalidDataException("The answer has no Content-Length.");
        Utf8Parser.TryParse(head[(at + "Content-Length: ".Length)..], out int length, out _);
        _total = end + 4 + length;
    }
}
