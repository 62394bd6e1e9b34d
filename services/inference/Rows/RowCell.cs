using System.Numerics;
using System.Text.Json;
using Platform.Inference.Protocol;
using Platform.Inference.Protocol.Numbers;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Rows;

/// <summary>Writes one value of a row into its tensor, unless that holds texts.</summary>
internal static class RowCell
{
    /// <summary>Writes the number or Boolean at which <paramref name="json"/> stands.</summary>
    public static ElementProblem Write(ref Utf8JsonReader json, TensorBuffer target, int index)
    {
        if (json.TokenType is not (JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)) return ElementProblem.WrongType;
        var text = json.ValueSpan;
        return target.Datatype switch
        {
            Datatype.FP32 => Read<float, SingleElement>(text, target, index),
            Datatype.FP64 => Read<double, DoubleElement>(text, target, index),
            Datatype.Int64 => Read<long, WholeElement<long>>(text, target, index),
            Datatype.Int32 => Read<int, WholeElement<int>>(text, target, index),
            Datatype.Int16 => Read<short, WholeElement<short>>(text, target, index),
            Datatype.Int8 => Read<sbyte, WholeElement<sbyte>>(text, target, index),
            Datatype.UInt64 => Read<ulong, WholeElement<ulong>>(text, target, index),
            Datatype.UInt32 => Read<uint, WholeElement<uint>>(text, target, index),
            Datatype.UInt16 => Read<ushort, WholeElement<ushort>>(text, target, index),
            Datatype.UInt8 => Read<byte, WholeElement<byte>>(text, target, index),
            Datatype.Bool => Read<byte, BoolElement>(text, target, index),
            Datatype.FP16 => Read<Half, HalfElement>(text, target, index),
            _ => Read<ushort, BrainFloatElement>(text, target, index),
        };
    }

    /// <summary>Writes what stands for a missing value; false where the datatype has nothing for it.</summary>
    public static bool TryWriteMissing(TensorBuffer target, int index)
    {
        switch (target.Datatype)
        {
            case Datatype.FP32: target.AsSpan<float>()[index] = float.NaN; return true;
            case Datatype.FP64: target.AsSpan<double>()[index] = double.NaN; return true;
            case Datatype.FP16: target.AsSpan<Half>()[index] = Half.NaN; return true;
            case Datatype.BF16: target.AsSpan<ushort>()[index] = BrainFloat.FromSingle(float.NaN); return true;
            default: return false;
        }
    }

    /// <summary>Writes a category's place in its list; false where the datatype cannot hold it.</summary>
    public static bool TryWritePlace(TensorBuffer target, int index, int place) => target.Datatype switch
    {
        Datatype.FP32 => Put<float>(target, index, place),
        Datatype.FP64 => Put<double>(target, index, place),
        Datatype.Int64 => Put<long>(target, index, place),
        Datatype.Int32 => Put<int>(target, index, place),
        Datatype.Int16 => Put<short>(target, index, place),
        Datatype.Int8 => Put<sbyte>(target, index, place),
        Datatype.UInt64 => Put<ulong>(target, index, place),
        Datatype.UInt32 => Put<uint>(target, index, place),
        Datatype.UInt16 => Put<ushort>(target, index, place),
        Datatype.UInt8 => Put<byte>(target, index, place),
        Datatype.Bool => place <= 1 && Put<byte>(target, index, place),
        Datatype.FP16 => Put<Half>(target, index, place),
        _ => PutBrainFloat(target, index, place),
    };

    private static ElementProblem Read<T, TElement>(ReadOnlySpan<byte> text, TensorBuffer target, int index)
        where T : unmanaged
        where TElement : struct, IElement<T>
    {
        var position = 0;
        var problem = TElement.Read(text, ref position, out target.AsSpan<T>()[index]);
        return problem == ElementProblem.None && position < text.Length ? ElementProblem.WrongType : problem;
    }

    private static bool Put<T>(TensorBuffer target, int index, int place) where T : unmanaged, INumber<T>
    {
        ref var cell = ref target.AsSpan<T>()[index];
        cell = T.CreateSaturating(place);
        return int.CreateSaturating(cell) == place;
    }

    private static bool PutBrainFloat(TensorBuffer target, int index, int place)
    {
        ref var cell = ref target.AsSpan<ushort>()[index];
        cell = BrainFloat.FromSingle(place);
        return (int)BrainFloat.ToSingle(cell) == place;
    }
}
