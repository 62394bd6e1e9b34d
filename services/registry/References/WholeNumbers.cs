using Platform.Onnx.Tensors;

namespace Platform.Registry.References;

/// <summary>The ranges of the whole-number types.</summary>
internal static class WholeNumbers
{
    public static (decimal Least, decimal Most) RangeOf(Datatype datatype) => datatype switch
    {
        Datatype.UInt8 => (byte.MinValue, byte.MaxValue),
        Datatype.UInt16 => (ushort.MinValue, ushort.MaxValue),
        Datatype.UInt32 => (uint.MinValue, uint.MaxValue),
        Datatype.UInt64 => (ulong.MinValue, ulong.MaxValue),
        Datatype.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        Datatype.Int16 => (short.MinValue, short.MaxValue),
        Datatype.Int32 => (int.MinValue, int.MaxValue),
        Datatype.Int64 => (long.MinValue, long.MaxValue),
        _ => throw new ArgumentOutOfRangeException(nameof(datatype), datatype, "Not a whole-number type."),
    };
}
