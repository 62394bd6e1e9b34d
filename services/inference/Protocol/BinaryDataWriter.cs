using System.Buffers.Binary;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>Writes tensors as raw bytes: little-endian, strings with their length before them.</summary>
internal static class BinaryDataWriter
{
    public static long SizeOf(TensorBuffer tensor) => tensor.Datatype == Datatype.Bytes
        ? tensor.Data.Length + (long)tensor.Count * sizeof(uint)
        : tensor.Data.Length;

    public static void Write(ByteBuffer target, TensorBuffer tensor)
    {
        if (tensor.Datatype != Datatype.Bytes)
        {
            target.Write(tensor.Data);
            return;
        }

        for (var i = 0; i < tensor.Count; i++)
        {
            var text = tensor.GetString(i);
            BinaryPrimitives.WriteUInt32LittleEndian(target.GetSpan(sizeof(uint)), (uint)text.Length);
            target.Advance(sizeof(uint));
            target.Write(text);
        }
    }
}
