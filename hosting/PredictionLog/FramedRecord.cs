using System.Buffers.Binary;
using System.Numerics;

namespace Platform.Hosting.PredictionLog;

/// <summary>
/// A record as it lies in the log: its number, eight bytes in little-endian order, then its JSON. Numbers count from 1 along
/// the log without gaps and outlive restarts, so that a gap tells exactly how many records were dropped.
/// </summary>
internal static class FramedRecord
{
    private const int NumberBytes = sizeof(long);

    /// <summary>Frames a record in <paramref name="memory"/>, which is made longer where it has no room for it.</summary>
    public static ReadOnlySpan<byte> Frame(ReadOnlySpan<byte> json, long number, ref byte[] memory)
    {
        var length = NumberBytes + json.Length;
        if (memory.Length < length) memory = new byte[BitOperations.RoundUpToPowerOf2((uint)length)];
        BinaryPrimitives.WriteInt64LittleEndian(memory, number);
        json.CopyTo(memory.AsSpan(NumberBytes));
        return memory.AsSpan(0, length);
    }

    public static long NumberOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt64LittleEndian(frame);

    public static ReadOnlyMemory<byte> JsonOf(byte[] frame, int length) => frame.AsMemory(NumberBytes, length - NumberBytes);
}
