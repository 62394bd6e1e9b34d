using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Hosting.Numbers;

namespace Platform.Hosting.PredictionLog.Packing;

/// <summary>Writes a packed record as JSON into <paramref name="memory"/>, or into more where it has no room.</summary>
internal ref struct RecordUnpacker(ReadOnlySpan<byte> packed, byte[] memory)
{
    private const int LongestWhole = 20;
    private const int MostEscapedBytes = 6;
    private const int PieceBytes = 4096;
    private const int LongestTime = 40;

    private ReadOnlySpan<byte> _rest = packed;
    private byte[] _memory = memory;
    private int _length;

    /// <summary>The memory that was given, or what it has grown to.</summary>
    public readonly byte[] Memory => _memory;

    /// <summary>What has been written into it.</summary>
    public readonly ReadOnlySpan<byte> Json => _memory.AsSpan(0, _length);

    /// <summary>Throws <see cref="JsonException"/> when the record is damaged.</summary>
    public void Run()
    {
        while (!_rest.IsEmpty)
        {
            var token = Take(1)[0];
            if (RecordPhrases.TryGet(token, out var phrase)) Write(phrase);
            else WriteValue((RecordValue)token);
        }
    }

    private void WriteValue(RecordValue kind)
    {
        switch (kind)
        {
            case RecordValue.Text: Write(Take(TakeCount())); break;
            case RecordValue.String: WriteString(Take(TakeCount())); break;
            case RecordValue.Whole: WriteWhole(TakeWhole()); break;
            case RecordValue.Wholes: WriteWholes(TakeCount()); break;
            case RecordValue.Single: WriteSingle(BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)))); break;
            case RecordValue.Singles: WriteSingles(TakeCount()); break;
            case RecordValue.Digest: WriteDigest(Take(sizeof(ulong))); break;
            case RecordValue.Time: WriteTime(BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)))); break;
            default: throw new JsonException($"A packed record has a token {(byte)kind}, which this version does not know.");
        }
    }

    private void WriteString(ReadOnlySpan<byte> utf8)
    {
        WriteByte('"');
        while (!utf8.IsEmpty)
        {
            var room = Room(Math.Min(utf8.Length, PieceBytes) * MostEscapedBytes);
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(utf8, room, out var read, out var written);
            _length += written;
            utf8 = utf8[read..];
        }

        WriteByte('"');
    }

    private void WriteWhole(ulong value)
    {
        value.TryFormat(Room(LongestWhole), out var written);
        _length += written;
    }

    private void WriteWholes(int count)
    {
        WriteByte('[');
        for (var i = 0; i < count; i++)
        {
            if (i > 0) WriteByte(',');
            WriteWhole(TakeWhole());
        }

        WriteByte(']');
    }

    private void WriteSingle(float value)
    {
        if (float.IsFinite(value)) _length += ShortestSingle.Format(value, Room(ShortestSingle.MaxLength));
        else Write("null"u8);
    }

    private void WriteSingles(int count)
    {
        var bytes = count <= _rest.Length / sizeof(float) ? Take(count * sizeof(float)) : throw Truncated();
        WriteByte('[');
        for (var i = 0; i < count; i++)
        {
            if (i > 0) WriteByte(',');
            WriteSingle(BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]));
        }

        WriteByte(']');
    }

    private void WriteDigest(ReadOnlySpan<byte> digest)
    {
        Write("\"xxh3:"u8);
        Convert.TryToHexStringLower(digest, Room(2 * sizeof(ulong)), out var written);
        _length += written;
        WriteByte('"');
    }

    private void WriteTime(long ticks)
    {
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks) throw new JsonException("A packed record has a time that is none.");
        WriteByte('"');
        new DateTimeOffset(ticks, TimeSpan.Zero).TryFormat(Room(LongestTime), out var written, "O");
        _length += written;
        WriteByte('"');
    }

    private void WriteByte(char character)
    {
        Room(1)[0] = (byte)character;
        _length++;
    }

    private void Write(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    private Span<byte> Room(int bytes)
    {
        if (_memory.Length - _length < bytes) Array.Resize(ref _memory, Math.Max(2 * _memory.Length, checked(_length + bytes)));
        return _memory.AsSpan(_length);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length) throw Truncated();
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private int TakeCount() => TakeWhole() is var count && count <= int.MaxValue ? (int)count : throw Truncated();

    private ulong TakeWhole()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new JsonException("A packed record has a number of more than 64 bits.");
    }

    private static JsonException Truncated() => new("A packed record ends in the middle of a value.");
}
