using System.Net;
using System.Net.Sockets;

namespace Platform.Bench.Load;

/// <summary>
/// A connection that sends prepared bytes and looks for the end of the answer without ever waiting: little else, so that the client's core
/// is not what is measured.
/// </summary>
internal abstract class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = 256 << 10 };

    protected LoadConnection(int port)
    {
        _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        _socket.Blocking = false;
    }

    public int Descriptor => (int)_socket.Handle;

    /// <summary>When the request in progress was due, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public long DueAt { get; private set; }

    public void Send(WireRequest request, long dueAt)
    {
        DueAt = dueAt;
        Begin(request);
    }

    /// <summary>Reads what has come; the status once the answer is there to its last byte, null until then.</summary>
    public abstract int? TryReceive();

    public void Dispose()
    {
        _socket.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract void Begin(WireRequest request);

    protected void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var sent = _socket.Send(bytes, SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.WouldBlock)) throw new SocketException((int)error);
            bytes = bytes[sent..];
        }
    }

    /// <summary>What has come; 0 when nothing has.</summary>
    protected int Read(Span<byte> target)
    {
        var count = _socket.Receive(target, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return 0;
        if (error != SocketError.Success) throw new SocketException((int)error);
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }
}
