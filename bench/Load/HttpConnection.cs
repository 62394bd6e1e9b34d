using System.Buffers.Text;

namespace Platform.Bench.Load;

/// <summary>A keep-alive connection of HTTP/1.1. Understands Content-Length only.</summary>
internal sealed class HttpConnection(int port) : LoadConnection(port)
{
    private readonly byte[] _buffer = new byte[256 << 10];
    private int _received;
    private int _total;
    private int _status;

    public override int? TryReceive()
    {
        var count = Read(_buffer.AsSpan(_received));
        if (count == 0) return null;
        _received += count;
        if (_status == 0) ReadHead();
        return _received >= _total ? _status : null;
    }

    protected override void Begin(WireRequest request)
    {
        (_received, _total, _status) = (0, int.MaxValue, 0);
        Write(request.Wire);
    }

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
