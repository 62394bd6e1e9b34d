using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>Elements as numbers.</summary>
internal static class ElementNumbers
{
    /// <summary>The element at a flat index as a double, BOOL as 0 or 1.</summary>
    /// <exception cref="InvalidDataException">It is text.</exception>
    public static double Read(TensorBuffer tensor, int index) => tensor.Datatype switch
    {
        Datatype.FP32 => tensor.AsSpan<float>()[index],
        Datatype.FP64 => tensor.AsSpan<double>()[index],
        Datatype.FP16 => (double)tensor.AsSpan<Half>()[index],
        Datatype.BF16 => BitConverter.UInt32BitsToSingle((uint)tensor.AsSpan<ushort>()[index] << 16),
        Datatype.Int64 => tensor.AsSpan<long>()[index],
        Datatype.Int32 => tensor.AsSpan<int>()[index],
        Datatype.Int16 => tensor.AsSpan<short>()[index],
        Datatype.Int8 => tensor.AsSpan<sbyte>()[index],
        Datatype.UInt64 => tensor.AsSpan<ulong>()[index],
        Datatype.UInt32 => tensor.AsSpan<uint>()[index],
        Datatype.UInt16 => tensor.AsSpan<ushort>()[index],
        Datatype.UInt8 or Datatype.Bool => tensor.Data[index],
        _ => throw new InvalidDataException("A text is no number."),
    };
}
