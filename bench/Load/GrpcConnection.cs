using System.Buffers.Binary;

namespace Platform.Bench.Load;

/// <summary>
/// A connection of HTTP/2 with one call of gRPC at a time, each on a stream of its own. Its windows are as large as they can be, and it
/// forbids the server the table of headers, so that a status can be found without one.
/// </summary>
internal sealed class GrpcConnection : LoadConnection
{
    private const int HeadBytes = 9;
    private const int Largest = int.MaxValue;
    private const int FirstWindow = 65535;
    private const int GiveBackAt = 1 << 28;
    private const byte EndStream = 1;
    private const byte Acknowledged = 1;

    private static readonly byte[] Opening =
    [
        .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
        .. WireRequest.Frame(Type.Settings, 0, 0, [0, 1, 0, 0, 0, 0, 0, 4, 0x7F, 0xFF, 0xFF, 0xFF]), // no table of headers, the largest window
        .. WireRequest.Frame(Type.WindowUpdate, 0, 0, Number(Largest - FirstWindow)),
    ];

    private readonly byte[] _buffer = new byte[256 << 10];
    private byte[] _call = [];
    private int _stream = -1;
    private int _received;
    private int _consumed;

    public GrpcConnection(int port) : base(port) => Write(Opening);

    public override int? TryReceive()
    {
        _received += Read(_buffer.AsSpan(_received));
        int? status = null;
        var at = 0;
        while (_received - at >= HeadBytes)
        {
            var head = _buffer.AsSpan(at, HeadBytes);
            var length = (head[0] << 16) | (head[1] << 8) | head[2];
            if (_received - at < HeadBytes + length) break;
            status = Take((Type)head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head[5..]), _buffer.AsSpan(at + HeadBytes, length)) ?? status;
            at += HeadBytes + length;
        }

        _buffer.AsSpan(at, _received - at).CopyTo(_buffer);
        _received -= at;
        return status;
    }

    /// <summary>Sends the request's frames under the next stream's number.</summary>
    protected override void Begin(WireRequest request)
    {
        if (_call.Length != request.Wire.Length) _call = [.. request.Wire];
        _stream += 2;
        for (var at = 0; at < _call.Length;)
        {
            BinaryPrimitives.WriteInt32BigEndian(_call.AsSpan(at + 5), _stream);
            at += HeadBytes + ((_call[at] << 16) | (_call[at + 1] << 8) | _call[at + 2]);
        }

        Write(_call);
    }

    private int? Take(Type type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case Type.Settings when (flags & Acknowledged) == 0:
                Write(WireRequest.Frame(Type.Settings, Acknowledged, 0, []));
                return null;
            case Type.Ping when (flags & Acknowledged) == 0:
                Write(WireRequest.Frame(Type.Ping, Acknowledged, 0, payload));
                return null;
            case Type.Data:
                GiveBack(payload.Length);
                return null;
            case Type.Headers when stream == _stream && (flags & EndStream) != 0:
                return payload.IndexOf("grpc-status\u00010"u8) >= 0 ? 200 : 500;
            case Type.Reset or Type.GoAway:
                throw new IOException($"The server broke off: {type}.");
            default:
                return null;
        }
    }

    private void GiveBack(int bytes)
    {
        _consumed += bytes;
        if (_consumed < GiveBackAt) return;
        Write(WireRequest.Frame(Type.WindowUpdate, 0, 0, Number(_consumed)));
        _consumed = 0;
    }

    private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    /// <summary>Frames of HTTP/2 (RFC 9113, 6).</summary>
    internal enum Type : byte
    {
        Data = 0,
        Headers = 1,
        Reset = 3,
        Settings = 4,
        Ping = 6,
        GoAway = 7,
        WindowUpdate = 8,
    }
}
