using System.Numerics;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>Counts what JSON has no number for: NaN and the infinities, which are written as null.</summary>
internal static class NonFinite
{
    // A number that is not finite has every bit of its exponent set.
    private const uint SingleExponent = 0x7F80_0000;
    private const ulong DoubleExponent = 0x7FF0_0000_0000_0000;
    private const ushort HalfExponent = 0x7C00;
    private const ushort BrainExponent = 0x7F80;

    /// <summary>How many elements are not finite; 0 for a datatype that only has finite ones.</summary>
    public static long Count(TensorBuffer tensor) => tensor.Datatype switch
    {
        Datatype.FP32 => Count(tensor.AsSpan<uint>(), SingleExponent),
        Datatype.FP64 => Count(tensor.AsSpan<ulong>(), DoubleExponent),
        Datatype.FP16 => Count(tensor.AsSpan<ushort>(), HalfExponent),
        Datatype.BF16 => Count(tensor.AsSpan<ushort>(), BrainExponent),
        _ => 0,
    };

    private static long Count<T>(ReadOnlySpan<T> bits, T exponent) where T : IBinaryInteger<T>
    {
        long count = 0;
        foreach (var number in bits)
            if ((number & exponent) == exponent) count++;
        return count;
    }
}
