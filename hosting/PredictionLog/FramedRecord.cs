using System.Buffers.Binary;

namespace Platform.Hosting.PredictionLog;

/// <summary>
/// A record as it lies in the log: its number, eight bytes in little-endian order, then its JSON. Numbers count from 1 along
/// the log without gaps and outlive restarts, so that a gap tells exactly how many records were dropped.
/// </summary>
internal static class FramedRecord
{
    private const int NumberBytes = sizeof(long);

    public static int LengthOf(ReadOnlySpan<byte> json) => NumberBytes + json.Length;

    public static Span<byte> JsonIn(Span<byte> frame) => frame[NumberBytes..];

    public static void SetNumber(Span<byte> frame, long number) => BinaryPrimitives.WriteInt64LittleEndian(frame, number);

    public static long NumberOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt64LittleEndian(frame);

    public static ReadOnlyMemory<byte> JsonOf(byte[] frame, int length) => frame.AsMemory(NumberBytes, length - NumberBytes);
}
