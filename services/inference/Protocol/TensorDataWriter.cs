using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>Writes a tensor's elements as a flat JSON array.</summary>
internal static class TensorDataWriter
{
    public static void WriteData(this ByteBuffer target, TensorBuffer tensor)
    {
        target.Write((byte)'[');
        if (tensor.Datatype == Datatype.FP32) WriteSingles(target, tensor.AsSpan<float>());
        else WriteEach(target, tensor);
        target.Write((byte)']');
    }

    /// <summary>Writes the element at a flat index.</summary>
    public static void WriteElement(this ByteBuffer target, TensorBuffer tensor, int index)
    {
        switch (tensor.Datatype)
        {
            case Datatype.FP32: target.WriteNumber(tensor.AsSpan<float>()[index]); break;
            case Datatype.FP64: target.WriteNumber(tensor.AsSpan<double>()[index]); break;
            case Datatype.Int64: target.WriteNumber(tensor.AsSpan<long>()[index]); break;
            case Datatype.Int32: target.WriteNumber(tensor.AsSpan<int>()[index]); break;
            case Datatype.Int16: target.WriteNumber(tensor.AsSpan<short>()[index]); break;
            case Datatype.Int8: target.WriteNumber(tensor.AsSpan<sbyte>()[index]); break;
            case Datatype.UInt64: JsonText.Format(target, tensor.AsSpan<ulong>()[index]); break;
            case Datatype.UInt32: target.WriteNumber(tensor.AsSpan<uint>()[index]); break;
            case Datatype.UInt16: target.WriteNumber(tensor.AsSpan<ushort>()[index]); break;
            case Datatype.UInt8: target.WriteNumber(tensor.AsSpan<byte>()[index]); break;
            case Datatype.Bool: target.Write(tensor.AsSpan<byte>()[index] != 0 ? "true"u8 : "false"u8); break;
            case Datatype.FP16: WriteHalf(target, tensor.AsSpan<Half>()[index]); break;
            case Datatype.BF16: target.WriteNumber(BrainFloat.ToSingle(tensor.AsSpan<ushort>()[index])); break;
            default: target.WriteString(tensor.GetString(index)); break;
        }
    }

    private static void WriteEach(ByteBuffer target, TensorBuffer tensor)
    {
        for (var i = 0; i < tensor.Count; i++)
        {
            if (i > 0) target.Write((byte)',');
            target.WriteElement(tensor, i);
        }
    }

    private static void WriteSingles(ByteBuffer target, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) target.Write((byte)',');
            target.WriteNumber(values[i]);
        }
    }

    private static void WriteHalf(ByteBuffer target, Half value)
    {
        if (Half.IsFinite(value)) JsonText.Format(target, value);
        else target.Write("null"u8);
    }
}
