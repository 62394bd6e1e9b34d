using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using Platform.Hosting.PredictionLog.Packing;

namespace Platform.Hosting.PredictionLog;

/// <summary>
/// A record as it lies in the log: its number, eight bytes in little-endian order, then its JSON, packed or not. Numbers count from 1
/// along the log without gaps and outlive restarts, so that a gap tells exactly how many records were dropped.
/// </summary>
internal static class FramedRecord
{
    public const int NumberBytes = sizeof(long);

    /// <summary>Frames a record in <paramref name="memory"/>, which is made longer where it has no room for it.</summary>
    public static ReadOnlySpan<byte> Frame(ReadOnlySpan<byte> record, long number, ref byte[] memory)
    {
        var length = NumberBytes + record.Length;
        if (memory.Length < length) memory = new byte[BitOperations.RoundUpToPowerOf2((uint)length)];
        BinaryPrimitives.WriteInt64LittleEndian(memory, number);
        record.CopyTo(memory.AsSpan(NumberBytes));
        return memory.AsSpan(0, length);
    }

    public static long NumberOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt64LittleEndian(frame);

    /// <summary>The record's JSON. Throws <see cref="JsonException"/> when it was packed and is damaged.</summary>
    public static ReadOnlyMemory<byte> JsonOf(byte[] frame, int length)
    {
        var record = frame.AsMemory(NumberBytes, length - NumberBytes);
        return PackedRecord.Is(record.Span) ? PackedRecord.Unpack(record.Span) : record;
    }
}
