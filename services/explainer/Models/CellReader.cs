using System.Numerics;
using System.Numerics.Tensors;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Models;

/// <summary>Reads an output tensor of any numeric datatype as doubles.</summary>
internal static class CellReader
{
    /// <summary>Whether outputs of this datatype can be explained.</summary>
    public static bool Supports(Datatype datatype) => datatype is not (Datatype.Bytes or Datatype.BF16);

    public static double[] Read(TensorBuffer buffer) => buffer.Datatype switch
    {
        Datatype.FP32 => Convert<float>(buffer),
        Datatype.FP64 => Convert<double>(buffer),
        Datatype.FP16 => Convert<Half>(buffer),
        Datatype.Int64 => Convert<long>(buffer),
        Datatype.Int32 => Convert<int>(buffer),
        Datatype.Int16 => Convert<short>(buffer),
        Datatype.Int8 => Convert<sbyte>(buffer),
        Datatype.UInt64 => Convert<ulong>(buffer),
        Datatype.UInt32 => Convert<uint>(buffer),
        Datatype.UInt16 => Convert<ushort>(buffer),
        Datatype.UInt8 or Datatype.Bool => Convert<byte>(buffer),
        _ => throw new NotSupportedException($"{buffer.Datatype.Name()} outputs cannot be explained."),
    };

    private static double[] Convert<T>(TensorBuffer buffer) where T : unmanaged, INumber<T>
    {
        var numbers = new double[buffer.Count];
        TensorPrimitives.ConvertSaturating<T, double>(buffer.AsSpan<T>(), numbers);
        return numbers;
    }
}
