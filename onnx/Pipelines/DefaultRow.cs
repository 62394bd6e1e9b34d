using System.Text.Json;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>The values that stand for a row that a step failed on.</summary>
internal static class DefaultRow
{
    // 0x7F7F: an exponent of 127 and eight bits.
    private const double LargestBrain = 3.3895313892515355e38;

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
        return numbers.All(double.IsFinite) ? Exact(datatype, shape, numbers) : null;
    }

    /// <summary>Null where the datatype has not these numbers: it may round a fraction, but neither overflow nor cut one off.</summary>
    private static Tensor? Exact(Datatype datatype, long[] shape, double[] numbers)
    {
        if (!datatype.IsFloatingPoint() && !numbers.All(number => Holds(datatype, number))) return null;
        var row = Tensor.FromDoubles(datatype, shape, numbers);
        return row.ToDoubles().All(double.IsFinite) && (datatype != Datatype.BF16 || numbers.All(number => Math.Abs(number) <= LargestBrain)) ? row : null;
    }

    private static bool Holds(Datatype datatype, double number) => double.IsInteger(number) && datatype switch
    {
        Datatype.Bool => number is 0 or 1,
        Datatype.Int8 => number is >= sbyte.MinValue and <= sbyte.MaxValue,
        Datatype.Int16 => number is >= short.MinValue and <= short.MaxValue,
        Datatype.Int32 => number is >= int.MinValue and <= int.MaxValue,
        Datatype.UInt8 => number is >= 0 and <= byte.MaxValue,
        Datatype.UInt16 => number is >= 0 and <= ushort.MaxValue,
        Datatype.UInt32 => number is >= 0 and <= uint.MaxValue,
        // As doubles the largest ones round up to the first number that is too large.
        Datatype.Int64 => number is >= long.MinValue and < long.MaxValue,
        Datatype.UInt64 => number is >= 0 and < ulong.MaxValue,
        _ => false,
    };

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
