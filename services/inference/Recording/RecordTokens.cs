using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Platform.Hosting.PredictionLog.Packing;
using Platform.Inference.Protocol;

namespace Platform.Inference.Recording;

/// <summary>Writes the phrases and values of a packed record (<see cref="PackedRecord"/>).</summary>
internal static class RecordTokens
{
    private const int LongestWhole = 10;

    /// <summary>A length that is not known yet takes as much as this, the highest bits of all bytes but the last set.</summary>
    private const int OpenLengthBytes = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(this ByteBuffer target, RecordPhrase phrase) => target.Write((byte)phrase);

    /// <summary>A phrase and a whole number that is not negative.</summary>
    public static void Write(this ByteBuffer target, RecordPhrase phrase, long value)
    {
        var room = target.GetSpan(2 + LongestWhole);
        (room[0], room[1]) = ((byte)phrase, (byte)RecordValue.Whole);
        target.Advance(2 + PutWhole(room[2..], (ulong)value));
    }

    /// <summary>A phrase and an FP32.</summary>
    public static void Write(this ByteBuffer target, RecordPhrase phrase, float value)
    {
        var room = target.GetSpan(2 + sizeof(float));
        (room[0], room[1]) = ((byte)phrase, (byte)RecordValue.Single);
        BinaryPrimitives.WriteSingleLittleEndian(room[2..], value);
        target.Advance(2 + sizeof(float));
    }

    /// <summary>A phrase and a time.</summary>
    public static void Write(this ByteBuffer target, RecordPhrase phrase, DateTimeOffset time)
    {
        var room = target.GetSpan(2 + sizeof(long));
        (room[0], room[1]) = ((byte)phrase, (byte)RecordValue.Time);
        BinaryPrimitives.WriteInt64LittleEndian(room[2..], time.UtcTicks);
        target.Advance(2 + sizeof(long));
    }

    /// <summary>A phrase and a string; nothing when there is none.</summary>
    public static void Write(this ByteBuffer target, RecordPhrase phrase, string? text)
    {
        if (text is null) return;
        target.Write(phrase);
        var length = Encoding.UTF8.GetByteCount(text);
        target.WriteCount(RecordValue.String, length);
        target.Advance(Encoding.UTF8.GetBytes(text, target.GetSpan(length)));
    }

    /// <summary>A phrase and a string in UTF-8.</summary>
    public static void Write(this ByteBuffer target, RecordPhrase phrase, ReadOnlySpan<byte> utf8)
    {
        target.Write(phrase);
        target.WriteCount(RecordValue.String, utf8.Length);
        target.Write(utf8);
    }

    /// <summary>The digest of <see cref="System.IO.Hashing.XxHash3"/>, eight bytes.</summary>
    public static void WriteDigest(this ByteBuffer target, ReadOnlySpan<byte> digest)
    {
        target.Write((byte)RecordValue.Digest);
        target.Write(digest);
    }

    public static void WriteWholes(this ByteBuffer target, ReadOnlySpan<long> values)
    {
        target.WriteCount(RecordValue.Wholes, values.Length);
        foreach (var value in values) target.Advance(PutWhole(target.GetSpan(LongestWhole), (ulong)value));
    }

    /// <summary>The first of <paramref name="values"/> and every <paramref name="stride"/>-th after it.</summary>
    public static void WriteSingles(this ByteBuffer target, ReadOnlySpan<float> values, int stride = 1)
    {
        var count = stride > values.Length ? 0 : (values.Length + stride - 1) / stride;
        target.WriteCount(RecordValue.Singles, count);
        var room = MemoryMarshal.Cast<byte, float>(target.GetSpan(count * sizeof(float)))[..count];
        if (stride == 1) values.CopyTo(room);
        else for (var i = 0; i < count; i++) room[i] = values[i * stride];
        target.Advance(count * sizeof(float));
    }

    /// <summary>Begins a piece of JSON of unknown length. What it returns is for <see cref="EndText"/>.</summary>
    public static int BeginText(this ByteBuffer target)
    {
        target.GetSpan(1 + OpenLengthBytes)[0] = (byte)RecordValue.Text;
        target.Advance(1 + OpenLengthBytes);
        return target.Length;
    }

    /// <summary>Ends the piece of JSON that began at <paramref name="start"/>.</summary>
    public static void EndText(this ByteBuffer target, int start)
    {
        var length = (uint)(target.Length - start);
        var room = target.Array.AsSpan(start - OpenLengthBytes, OpenLengthBytes);
        for (var i = 0; i < OpenLengthBytes; i++) room[i] = (byte)(length >> 7 * i & 0x7F | (i < OpenLengthBytes - 1 ? 0x80u : 0));
    }

    private static void WriteCount(this ByteBuffer target, RecordValue kind, int count)
    {
        var room = target.GetSpan(1 + LongestWhole);
        room[0] = (byte)kind;
        target.Advance(1 + PutWhole(room[1..], (ulong)count));
    }

    private static int PutWhole(Span<byte> target, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7) target[length++] = (byte)(value | 0x80);
        target[length] = (byte)value;
        return length + 1;
    }
}
