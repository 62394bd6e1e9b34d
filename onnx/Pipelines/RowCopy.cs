using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>Moves rows between tensors whose first dimension counts them.</summary>
internal static class RowCopy
{
    /// <summary>Begins a tensor of so many rows like those of <paramref name="like"/>.</summary>
    public static void Begin(TensorBuffer target, TensorBuffer like, int rows)
    {
        Span<long> shape = stackalloc long[like.Shape.Length];
        like.Shape.CopyTo(shape);
        shape[0] = rows;
        target.Reset(like.Datatype, shape);
    }

    /// <summary>Makes a row the next one of a tensor. Rows of text come one after the other.</summary>
    /// <exception cref="InvalidDataException">It has another shape.</exception>
    public static void Copy(TensorBuffer source, int from, TensorBuffer target, int to)
    {
        Check(source, target);
        var width = Width(source);
        if (source.Datatype == Datatype.Bytes) target.AppendFrom(source, from * width, width);
        else Row(source, from).CopyTo(Row(target, to));
    }

    /// <summary>Whether rows of one tensor can be rows of another.</summary>
    /// <exception cref="InvalidDataException">They have different shapes.</exception>
    public static void Check(TensorBuffer source, TensorBuffer target)
    {
        if (source.Datatype != target.Datatype || !source.Shape[1..].SequenceEqual(target.Shape[1..]))
            throw new InvalidDataException($"Rows have different shapes: {Describe(source)} and {Describe(target)}.");
    }

    /// <summary>The bytes of a row of elements of a fixed size.</summary>
    public static Span<byte> Row(TensorBuffer tensor, int row)
    {
        var bytes = Width(tensor) * tensor.Datatype.Size();
        return tensor.Data.Slice(row * bytes, bytes);
    }

    /// <summary>Elements of a row.</summary>
    public static int Width(TensorBuffer tensor)
    {
        long width = 1;
        foreach (var size in tensor.Shape[1..]) width *= size;
        return (int)width;
    }

    /// <summary>Copies a whole tensor.</summary>
    public static void CopyAll(TensorBuffer source, TensorBuffer target)
    {
        target.Reset(source.Datatype, source.Shape);
        if (source.Datatype == Datatype.Bytes) target.AppendFrom(source, 0, source.Count);
        else source.Data.CopyTo(target.Data);
    }

    private static string Describe(TensorBuffer tensor) => $"{tensor.Datatype.Name()} {Shapes.Describe(tensor.Shape[1..])}";
}
