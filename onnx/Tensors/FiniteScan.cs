using System.Numerics;
using System.Runtime.InteropServices;

namespace Platform.Onnx.Tensors;

/// <summary>Looks for NaN and infinities: numbers whose exponent has every bit set. Many numbers at a time, since every request passes here.</summary>
public static class FiniteScan
{
    private const uint Single = 0x7F80_0000;
    private const ulong Double = 0x7FF0_0000_0000_0000;
    private const ushort Half = 0x7C00;
    private const ushort Brain = 0x7F80;

    /// <summary>Whether every element is finite; whole numbers and strings always are.</summary>
    public static bool IsFinite(TensorBuffer tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Datatype switch
        {
            Datatype.FP32 => !AnyHas(MemoryMarshal.Cast<byte, uint>(tensor.Data), Single),
            Datatype.FP64 => !AnyHas(MemoryMarshal.Cast<byte, ulong>(tensor.Data), Double),
            Datatype.FP16 => !AnyHas(MemoryMarshal.Cast<byte, ushort>(tensor.Data), Half),
            Datatype.BF16 => !AnyHas(MemoryMarshal.Cast<byte, ushort>(tensor.Data), Brain),
            _ => true,
        };
    }

    /// <summary>How many elements are not finite; 0 for a datatype that only has finite ones.</summary>
    public static long CountOthers(TensorBuffer tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Datatype switch
        {
            Datatype.FP32 => Count(MemoryMarshal.Cast<byte, uint>(tensor.Data), Single),
            Datatype.FP64 => Count(MemoryMarshal.Cast<byte, ulong>(tensor.Data), Double),
            Datatype.FP16 => Count(MemoryMarshal.Cast<byte, ushort>(tensor.Data), Half),
            Datatype.BF16 => Count(MemoryMarshal.Cast<byte, ushort>(tensor.Data), Brain),
            _ => 0,
        };
    }

    /// <summary>Whether every number is finite.</summary>
    public static bool IsFinite(ReadOnlySpan<double> numbers) => !AnyHas(MemoryMarshal.Cast<double, ulong>(numbers), Double);

    private static long Count<T>(ReadOnlySpan<T> numbers, T bits) where T : unmanaged, IBinaryInteger<T>
    {
        if (!AnyHas(numbers, bits)) return 0;
        long count = 0;
        foreach (var number in numbers)
            if ((number & bits) == bits) count++;
        return count;
    }

    /// <summary>Whether any number has all the bits that are set in <paramref name="bits"/>.</summary>
    private static bool AnyHas<T>(ReadOnlySpan<T> numbers, T bits) where T : unmanaged, IBinaryInteger<T>
    {
        var all = new Vector<T>(bits);
        var wide = MemoryMarshal.Cast<T, Vector<T>>(numbers);
        foreach (var vector in wide)
            if (Vector.EqualsAny(vector & all, all)) return true;
        foreach (var number in numbers[(wide.Length * Vector<T>.Count)..])
            if ((number & bits) == bits) return true;
        return false;
    }
}
