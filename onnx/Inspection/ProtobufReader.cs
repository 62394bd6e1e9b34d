using System.Text;

namespace Platform.Onnx.Inspection;

/// <summary>
/// Reads the protobuf wire format from a stream, field by field, and keeps nothing: what a hostile file can make it hold is one
/// buffer, however many messages the file claims to have. Throws <see cref="InvalidDataException"/> for bytes that are not protobuf.
/// </summary>
internal sealed class ProtobufReader(Stream stream, long length)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _next;
    private int _end;
    private long _position;
    private long _limit = length;

    /// <summary>The field that <see cref="ReadField"/> found.</summary>
    public int Field { get; private set; }

    public WireType Wire { get; private set; }

    /// <summary>Bytes read so far, from where the reader began.</summary>
    public long Position => _position;

    /// <summary>Whether the current message has been read to its end.</summary>
    public bool IsAtEnd => _position == _limit;

    /// <summary>Goes to the next field of the current message, or returns false at its end. Every field must be read or skipped.</summary>
    public bool ReadField()
    {
        if (_position == _limit) return false;
        var tag = ReadVarint();
        Field = (int)(tag >> 3);
        Wire = (WireType)(tag & 7);
        if (tag > uint.MaxValue || Field == 0) throw new InvalidDataException("a field has an impossible number");
        return true;
    }

    public bool Is(int field, WireType wire) => Field == field && Wire == wire;

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new InvalidDataException("a number has too many bytes");
    }

    /// <summary>Enters the message that the current field holds; hand the result to <see cref="Leave"/> at its end.</summary>
    public long Enter()
    {
        var outer = _limit;
        var size = ReadLength();
        _limit = _position + size;
        return outer;
    }

    public void Leave(long outer) => _limit = outer;

    /// <summary>The current field as text; of longer ones only the first <paramref name="keep"/> bytes.</summary>
    public string ReadText(int keep = 256)
    {
        var size = ReadLength();
        Span<byte> text = stackalloc byte[(int)Math.Min(size, keep)];
        foreach (ref var slot in text) slot = ReadByte();
        Skip(size - text.Length);
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>The current field's bytes, of which there may be <paramref name="most"/>; null, passed over, where there are more.</summary>
    /// <param name="most">How many are read at all.</param>
    /// <param name="place">Where they lie, counted as <see cref="Position"/>.</param>
    public byte[]? ReadBytes(int most, out (long Start, long Length) place)
    {
        var size = ReadLength();
        place = (_position, size);
        if (size > most)
        {
            Skip(size);
            return null;
        }

        var bytes = new byte[size];
        foreach (ref var slot in bytes.AsSpan()) slot = ReadByte();
        return bytes;
    }

    public uint ReadFixed32()
    {
        uint value = 0;
        for (var shift = 0; shift < 32; shift += 8) value |= (uint)ReadByte() << shift;
        return value;
    }

    /// <summary>Passes over the current field.</summary>
    public void SkipField()
    {
        switch (Wire)
        {
            case WireType.Varint: ReadVarint(); break;
            case WireType.Fixed64: Skip(8); break;
            case WireType.Bytes: Skip(ReadLength()); break;
            case WireType.Fixed32: Skip(4); break;
            default: throw new InvalidDataException("a field has an impossible type");
        }
    }

    private long ReadLength()
    {
        var size = ReadVarint();
        if (size > (ulong)(_limit - _position)) throw new InvalidDataException("a field is longer than what holds it");
        return (long)size;
    }

    private byte ReadByte()
    {
        if (_position == _limit) throw new InvalidDataException("a message ends in the middle of a field");
        if (_next == _end) Refill();
        _position++;
        return _buffer[_next++];
    }

    private void Skip(long bytes)
    {
        if (bytes > _limit - _position) throw new InvalidDataException("a field is longer than what holds it");
        var buffered = (int)Math.Min(bytes, _end - _next);
        _next += buffered;
        _position += bytes;
        stream.Seek(bytes - buffered, SeekOrigin.Current);
    }

    private void Refill()
    {
        _next = 0;
        _end = stream.Read(_buffer);
        if (_end == 0) throw new InvalidDataException("the file ends too early");
    }
}

/// <summary>How a protobuf field is laid out.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
