using System.Text.Json;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Batching;

/// <summary>Makes tensors of a row that is written as JSON, flat values by input.</summary>
public static class RowReader
{
    /// <summary>The row, each tensor with a first dimension of 1 where it is free; null when it does not fill the signature's shapes.</summary>
    public static IReadOnlyDictionary<string, Tensor>? Read(ModelSignature signature, IReadOnlyDictionary<string, JsonElement> inputs)
    {
        var tensors = new Dictionary<string, Tensor>();
        foreach (var input in signature.Inputs)
        {
            if (!inputs.TryGetValue(input.Name, out var values) || values.ValueKind != JsonValueKind.Array) return null;
            if (ShapeOf(input, values.GetArrayLength()) is not { } shape) return null;
            tensors[input.Name] = ReadValues(input.Datatype, shape, values);
        }

        return tensors;
    }

    /// <summary>One row's shape from the number of its values; null when more than one dimension would have to be guessed.</summary>
    private static long[]? ShapeOf(TensorSpec input, int values)
    {
        long[] shape = [.. input.Shape.Select((size, i) => i == 0 && size == Shapes.Dynamic ? 1 : size)];
        var free = Array.IndexOf(shape, Shapes.Dynamic);
        if (free >= 0) shape[free] = 1;
        if (!Shapes.TryCount(shape, out var fixedCount) || fixedCount == 0) return null;
        if (free >= 0) shape[free] = values / fixedCount;
        return Shapes.TryCount(shape, out var count) && count == values ? shape : null;
    }

    private static Tensor ReadValues(Datatype datatype, long[] shape, JsonElement values)
    {
        if (datatype == Datatype.Bytes)
            return Tensor.Strings(shape, [.. values.EnumerateArray().Select(value => value.ToString())]);

        var missing = datatype.IsFloatingPoint() ? double.NaN : 0;
        return Tensor.FromDoubles(datatype, shape, [.. values.EnumerateArray().Select(value => Number(value, missing))]);
    }

    private static double Number(JsonElement value, double missing) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => missing,
    };
}
