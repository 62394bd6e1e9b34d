using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using Platform.Hosting.PredictionLog.Packing;

namespace Platform.Hosting.PredictionLog;

/// <summary>
/// A record as it lies in the log: its number, eight bytes of which the last is a mark; the CRC-32C of all the rest, four bytes; its JSON,
/// packed or not. Both are in little-endian order. Earlier builds wrote neither mark nor checksum. Numbers count from 1 along the log without
/// gaps and outlive restarts, so that a gap tells exactly how many records were dropped.
/// </summary>
internal static class FramedRecord
{
    public const int NumberBytes = sizeof(long);

    private const int HeadBytes = NumberBytes + sizeof(uint);
    private const ulong MarkBits = 0xFFUL << 56;
    private const ulong Mark = 0xA5UL << 56;

    /// <summary>Frames a record in <paramref name="memory"/>, which is made longer where it has no room for it.</summary>
    public static ReadOnlySpan<byte> Frame(ReadOnlySpan<byte> record, long number, ref byte[] memory)
    {
        var length = HeadBytes + record.Length;
        if (memory.Length < length) memory = new byte[BitOperations.RoundUpToPowerOf2((uint)length)];
        BinaryPrimitives.WriteUInt64LittleEndian(memory, (ulong)number | Mark);
        record.CopyTo(memory.AsSpan(HeadBytes));
        var frame = memory.AsSpan(0, length);
        BinaryPrimitives.WriteUInt32LittleEndian(memory.AsSpan(NumberBytes), SumOf(frame));
        return frame;
    }

    public static long NumberOf(ReadOnlySpan<byte> frame) => (long)(BinaryPrimitives.ReadUInt64LittleEndian(frame) & ~MarkBits);

    /// <summary>Whether it is a frame, and its checksum right where it has one.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> frame) =>
        frame.Length >= NumberBytes && NumberOf(frame) > 0 && (MarkOf(frame) == 0 || HasRightSum(frame));

    /// <summary>Whether it is a frame with a checksum that is right: what is found anywhere among other bytes is one, too.</summary>
    public static bool HasRightSum(ReadOnlySpan<byte> frame) =>
        frame.Length >= HeadBytes && MarkOf(frame) == Mark && BinaryPrimitives.ReadUInt32LittleEndian(frame[NumberBytes..]) == SumOf(frame);

    /// <summary>The JSON of a whole frame. Throws <see cref="JsonException"/> when it was packed and cannot be unpacked.</summary>
    public static ReadOnlyMemory<byte> JsonOf(byte[] frame, int length)
    {
        var head = MarkOf(frame) == 0 ? NumberBytes : HeadBytes;
        var record = frame.AsMemory(head, length - head);
        return PackedRecord.Is(record.Span) ? PackedRecord.Unpack(record.Span) : record;
    }

    private static ulong MarkOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt64LittleEndian(frame) & MarkBits;

    private static uint SumOf(ReadOnlySpan<byte> frame)
    {
        var sum = BitOperations.Crc32C(~0U, BinaryPrimitives.ReadUInt64LittleEndian(frame));
        var rest = frame[HeadBytes..];
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(rest));
        foreach (var last in rest) sum = BitOperations.Crc32C(sum, last);
        return ~sum;
    }
}
