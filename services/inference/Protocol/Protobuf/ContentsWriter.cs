using System.Numerics;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol.Protobuf;

/// <summary>Writes a tensor's elements as InferTensorContents.</summary>
internal static class ContentsWriter
{
    public static void Write(ByteBuffer target, TensorBuffer tensor)
    {
        var field = Contents.FieldOf(tensor.Datatype);
        switch (tensor.Datatype)
        {
            case Datatype.FP32 or Datatype.FP64: target.WriteField(field, tensor.Data); break;
            case Datatype.Bytes: WriteStrings(target, field, tensor); break;
            case Datatype.Bool or Datatype.UInt8: WriteNumbers<byte>(target, field, tensor); break;
            case Datatype.UInt16: WriteNumbers<ushort>(target, field, tensor); break;
            case Datatype.UInt32: WriteNumbers<uint>(target, field, tensor); break;
            case Datatype.UInt64: WriteNumbers<ulong>(target, field, tensor); break;
            case Datatype.Int8: WriteNumbers<sbyte>(target, field, tensor); break;
            case Datatype.Int16: WriteNumbers<short>(target, field, tensor); break;
            case Datatype.Int32: WriteNumbers<int>(target, field, tensor); break;
            default: WriteNumbers<long>(target, field, tensor); break;
        }
    }

    private static void WriteStrings(ByteBuffer target, int field, TensorBuffer tensor)
    {
        for (var i = 0; i < tensor.Count; i++) target.WriteField(field, tensor.GetString(i));
    }

    // A number below 0 takes ten bytes, whatever its width: it is written as one of 64 bits.
    private static void WriteNumbers<T>(ByteBuffer target, int field, TensorBuffer tensor) where T : unmanaged, IBinaryInteger<T>
    {
        var elements = tensor.AsSpan<T>();
        long length = 0;
        foreach (var element in elements) length += WireWriter.SizeOf(ulong.CreateTruncating(element));
        target.WriteHead(field, length);
        foreach (var element in elements) target.WriteVarint(ulong.CreateTruncating(element));
    }
}
