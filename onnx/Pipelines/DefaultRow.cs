using System.Text.Json;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>The values that stand for a row that a step failed on.</summary>
internal static class DefaultRow
{
    /// <summary>A tensor of one row; null where the values are none of that output.</summary>
    public static Tensor? Of(TensorSpec output, JsonElement value)
    {
        var values = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
        if (ShapeOf(output, values.Count) is not { } shape) return null;
        if (output.Datatype != Datatype.Bytes) return Numbers(output.Datatype, shape, values);
        return values.All(each => each.ValueKind == JsonValueKind.String) ? Tensor.Strings(shape, [.. values.Select(each => each.GetString()!)]) : null;
    }

    private static Tensor? Numbers(Datatype datatype, long[] shape, List<JsonElement> values)
    {
        var numbers = values.Select(each => each.ValueKind switch
        {
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            JsonValueKind.Number when each.TryGetDouble(out var number) => number,
            _ => double.NaN,
        }).ToArray();
        return numbers.All(double.IsFinite) ? Tensor.FromDoubles(datatype, shape, numbers) : null;
    }

    /// <summary>The shape of one row of so many values, its one free dimension filled in; null where no shape fits.</summary>
    private static long[]? ShapeOf(TensorSpec output, int count)
    {
        if (!ValueSpecs.HasRows(output)) return null;
        var row = output.Shape.Skip(1).ToList();
        if (!Shapes.TryCount([.. row.Where(size => size != Shapes.Dynamic)], out var known) || known == 0) return null;
        var free = row.Count(size => size == Shapes.Dynamic);
        if (free > 1 || count % known != 0 || (free == 0 && count != known)) return null;
        return [1, .. row.Select(size => size == Shapes.Dynamic ? count / known : size)];
    }
}
