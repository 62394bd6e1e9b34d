using Microsoft.ML.OnnxRuntime;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>Moves tensors across the border to ONNX Runtime: inputs by reference, outputs and strings by one copy.</summary>
internal static class RuntimeValues
{
    /// <summary>A runtime value over the buffer's own memory, which must not change while the value lives.</summary>
    public static OrtValue Over(TensorBuffer buffer)
    {
        var shape = buffer.Shape.ToArray();
        if (buffer.Datatype == Datatype.Bytes) return Strings(buffer, shape);
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, buffer.Datatype.ElementType(), shape, buffer.Address, buffer.Data.Length);
    }

    /// <summary>Copies an output into <paramref name="target"/>.</summary>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InvalidDataException">The output is not what its signature says, or has more than <paramref name="room"/> bytes.</exception>
    public static long Read(OrtValue value, TensorBuffer target, long room)
    {
        if (value.OnnxType == OnnxValueType.ONNX_TYPE_SEQUENCE) MapTable.Write(value, target);
        else ReadTensor(value, target, room);
        return target.Data.Length <= room ? target.Data.Length : throw TooLarge(target.Shape);
    }

    private static OrtValue Strings(TensorBuffer buffer, long[] shape)
    {
        if (buffer.Filled != buffer.Count) throw new InvalidOperationException("The tensor lacks some of its strings.");
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        for (var i = 0; i < buffer.Count; i++) value.StringTensorSetElementAt(buffer.GetString(i), i);
        return value;
    }

    private static void ReadTensor(OrtValue value, TensorBuffer target, long room)
    {
        var info = value.GetTensorTypeAndShape();
        if (!Datatypes.TryFrom(info.ElementDataType, out var datatype))
            throw new InvalidDataException($"An output has elements of type {info.ElementDataType}, which cannot be sent.");

        if (info.ElementCount > room / Math.Max(1, datatype.Size())) throw TooLarge(info.Shape);

        target.Reset(datatype, info.Shape);
        if (datatype != Datatype.Bytes) value.GetTensorMutableRawData().CopyTo(target.Data);
        else ReadStrings(value, target, room);
    }

    private static void ReadStrings(OrtValue value, TensorBuffer target, long room)
    {
        for (var i = 0; i < target.Count; i++)
        {
            var text = value.GetStringElementAsSpan(i);
            if (text.Length > room - target.Data.Length) throw TooLarge(target.Shape);
            target.Append(text);
        }
    }

    private static InvalidDataException TooLarge(ReadOnlySpan<long> shape) =>
        new($"An output of shape {Shapes.Describe(shape)} is too large to send.");
}
