namespace Platform.Inference.Protocol.Protobuf;

/// <summary>
/// Walks over the fields of one protobuf message that lies in memory in one piece. Throws <see cref="InvalidDataException"/> for bytes
/// that are no protobuf.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> message, int start = 0)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position = start;
    private int _from;
    private int _length;

    /// <summary>The field that <see cref="Next"/> found.</summary>
    public int Field { get; private set; }

    public WireType Wire { get; private set; }

    /// <summary>The value of a field of type <see cref="WireType.Varint"/>.</summary>
    public ulong Varint { get; private set; }

    /// <summary>The value of any other field.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _message.Slice(_from, _length);

    /// <summary>Where <see cref="Bytes"/> lies in the message.</summary>
    public readonly (int Start, int Length) Place => (_from, _length);

    public readonly bool Is(int field, WireType wire) => Field == field && Wire == wire;

    /// <summary>Goes to the next field, whose value can then be looked at; false at the message's end.</summary>
    public bool Next()
    {
        if (_position == _message.Length) return false;
        var tag = ReadVarint();
        Field = (int)(tag >> 3);
        Wire = (WireType)(tag & 7);
        if (tag > uint.MaxValue || Field == 0) throw new InvalidDataException("a field has an impossible number");
        switch (Wire)
        {
            case WireType.Varint: Varint = ReadVarint(); break;
            case WireType.Fixed64: Take(sizeof(ulong)); break;
            case WireType.Fixed32: Take(sizeof(uint)); break;
            case WireType.Bytes: Take(ReadVarint()); break;
            default: throw new InvalidDataException("a field has an impossible type");
        }

        return true;
    }

    /// <summary>Reads the next number of a packed field; false at its end. Not to be mixed with <see cref="Next"/>.</summary>
    public bool NextPacked()
    {
        if (_position == _message.Length) return false;
        Varint = ReadVarint();
        return true;
    }

    private void Take(ulong length)
    {
        if (length > (ulong)(_message.Length - _position)) throw new InvalidDataException("a field is longer than what holds it");
        (_from, _length) = (_position, (int)length);
        _position += _length;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position == _message.Length) throw new InvalidDataException("a message ends in the middle of a field");
            var next = _message[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new InvalidDataException("a number has too many bytes");
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
