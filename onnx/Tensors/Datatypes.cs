using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Platform.Onnx.Tensors;

/// <summary>Names, sizes and ONNX Runtime's own types of a <see cref="Datatype"/>.</summary>
public static class Datatypes
{
    private static readonly string[] Names =
        ["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "BF16", "FP32", "FP64", "BYTES"];

    /// <summary>Every name that the protocol has for a type.</summary>
    public static IReadOnlyList<string> All => Names;

    private static readonly byte[][] Utf8Names = [.. Names.Select(System.Text.Encoding.ASCII.GetBytes)];

    private static readonly int[] Sizes = [1, 1, 2, 4, 8, 1, 2, 4, 8, 2, 2, 4, 8, 0];

    private static readonly TensorElementType[] ElementTypes =
    [
        TensorElementType.Bool, TensorElementType.UInt8, TensorElementType.UInt16, TensorElementType.UInt32,
        TensorElementType.UInt64, TensorElementType.Int8, TensorElementType.Int16, TensorElementType.Int32,
        TensorElementType.Int64, TensorElementType.Float16, TensorElementType.BFloat16, TensorElementType.Float,
        TensorElementType.Double, TensorElementType.String,
    ];

    /// <summary>The protocol's name, for example <c>FP32</c>.</summary>
    public static string Name(this Datatype datatype) => Names[(int)datatype];

    /// <summary>The protocol's name as ASCII bytes, for writers that never make a string.</summary>
    public static ReadOnlySpan<byte> Utf8Name(this Datatype datatype) => Utf8Names[(int)datatype];

    /// <summary>Bytes of one element; 0 for <see cref="Datatype.Bytes"/>, whose elements have their own lengths.</summary>
    public static int Size(this Datatype datatype) => Sizes[(int)datatype];

    /// <summary>True for the types that can hold NaN and fractions.</summary>
    public static bool IsFloatingPoint(this Datatype datatype) => datatype is >= Datatype.FP16 and <= Datatype.FP64;

    /// <summary>Finds a type by the protocol's name, which is matched exactly.</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out Datatype datatype)
    {
        for (var i = 0; i < Utf8Names.Length; i++)
        {
            if (!name.SequenceEqual(Utf8Names[i])) continue;
            datatype = (Datatype)i;
            return true;
        }

        datatype = default;
        return false;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out Datatype)"/>
    public static bool TryParse([NotNullWhen(true)] string? name, out Datatype datatype)
    {
        var index = Array.IndexOf(Names, name);
        datatype = index < 0 ? default : (Datatype)index;
        return index >= 0;
    }

    internal static TensorElementType ElementType(this Datatype datatype) => ElementTypes[(int)datatype];

    internal static bool TryFrom(TensorElementType elementType, out Datatype datatype)
    {
        var index = Array.IndexOf(ElementTypes, elementType);
        datatype = index < 0 ? default : (Datatype)index;
        return index >= 0;
    }
}
