using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>Elements of a tensor of numbers as doubles, whatever its datatype.</summary>
internal static class TensorNumbers
{
    /// <summary>The element at a flat index; of 64-bit whole numbers the nearest double, of a BOOL 0 or 1.</summary>
    public static double At(TensorBuffer tensor, int index) => tensor.Datatype switch
    {
        Datatype.FP32 => tensor.AsSpan<float>()[index],
        Datatype.FP64 => tensor.AsSpan<double>()[index],
        Datatype.FP16 => (double)tensor.AsSpan<Half>()[index],
        Datatype.BF16 => BrainFloat.ToSingle(tensor.AsSpan<ushort>()[index]),
        Datatype.Int64 => tensor.AsSpan<long>()[index],
        Datatype.UInt64 => tensor.AsSpan<ulong>()[index],
        Datatype.Int32 => tensor.AsSpan<int>()[index],
        Datatype.Int16 => tensor.AsSpan<short>()[index],
        Datatype.Int8 => tensor.AsSpan<sbyte>()[index],
        Datatype.UInt32 => tensor.AsSpan<uint>()[index],
        Datatype.UInt16 => tensor.AsSpan<ushort>()[index],
        _ => tensor.AsSpan<byte>()[index],
    };
}
