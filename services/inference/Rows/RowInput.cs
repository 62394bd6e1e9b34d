using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Rows;

/// <summary>How the cells of a row lie in one input.</summary>
/// <param name="RowShape">The dimensions behind the rows, all known.</param>
/// <param name="Width">Their product.</param>
/// <param name="HasOneRow">Whether the input takes no more than one row.</param>
internal sealed record RowInput(long[] RowShape, int Width, bool HasOneRow)
{
    /// <summary>The shape of a tensor of one row.</summary>
    public long[] FirstRow { get; } = [1, .. RowShape];

    /// <summary>How an input's rows lie; null where that is not known, or where its first dimension counts something else.</summary>
    /// <param name="input">The input.</param>
    /// <param name="named">How many of its cells the author names: they tell the one free dimension of a row.</param>
    public static RowInput? Of(TensorSpec input, int named)
    {
        if (input.Shape is not [Shapes.Dynamic or 1, ..]) return null;
        long[] row = [.. input.Shape.Skip(1)];
        if (Array.IndexOf(row, Shapes.Dynamic) is >= 0 and var free)
        {
            var known = row.Where((_, at) => at != free).Aggregate(1L, (product, size) => product * size);
            if (known <= 0 || named == 0 || named % known != 0) return null; // a second free dimension makes the product negative
            row[free] = named / known;
        }

        return Shapes.TryCount(row, out var width) && width is > 0 and <= RowSchema.MostColumns
            ? new(row, (int)width, input.Shape[0] == 1)
            : null;
    }
}
