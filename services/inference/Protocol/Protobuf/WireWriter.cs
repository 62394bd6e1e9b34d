namespace Platform.Inference.Protocol.Protobuf;

/// <summary>Writes protobuf fields.</summary>
internal static class WireWriter
{
    public static int SizeOf(ulong varint) => 1 + (System.Numerics.BitOperations.Log2(varint | 1) / 7);

    /// <summary>Bytes of a field of a number below 16 whose value has a length before it.</summary>
    public static int SizeOfField(long length) => 1 + SizeOf((ulong)length) + (int)length;

    public static void WriteVarint(this ByteBuffer target, ulong value)
    {
        var bytes = target.GetSpan(10);
        var count = 0;
        for (; value >= 0x80; value >>= 7) bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        target.Advance(count);
    }

    /// <summary>What stands before a value of so many bytes.</summary>
    public static void WriteHead(this ByteBuffer target, int field, long length)
    {
        target.Write((byte)((field << 3) | (int)WireType.Bytes));
        target.WriteVarint((ulong)length);
    }

    public static void WriteField(this ByteBuffer target, int field, ReadOnlySpan<byte> value)
    {
        target.WriteHead(field, value.Length);
        target.Write(value);
    }

    public static void WriteField(this ByteBuffer target, int field, ulong value)
    {
        target.Write((byte)((field << 3) | (int)WireType.Varint));
        target.WriteVarint(value);
    }
}
