using Platform.Onnx.Tensors;

namespace Platform.Inference.Batching;

/// <summary>Puts the rows of several requests into one tensor and gives each request its own rows back.</summary>
internal static class BatchAssembly
{
    /// <summary>Fills <paramref name="joined"/> with input <paramref name="input"/> of every request, one below the other.</summary>
    public static void Join(List<BatchItem> batch, int input, int rows, TensorBuffer joined)
    {
        var first = batch[0].Inputs[input];
        Span<long> shape = stackalloc long[first.Shape.Length];
        first.Shape.CopyTo(shape);
        if (batch.Count > 1) shape[0] = rows;
        joined.Reset(first.Datatype, shape);

        var at = 0;
        foreach (var item in batch)
        {
            var part = item.Inputs[input];
            if (part.Datatype == Datatype.Bytes) joined.AppendFrom(part, 0, part.Count);
            else part.Data.CopyTo(joined.Data[at..]);
            at += part.Data.Length;
        }
    }

    /// <summary>
    /// Gives every request its rows of output <paramref name="output"/>. False, with nothing given, when the model did not
    /// answer with one row for each that it got.
    /// </summary>
    public static bool TrySplit(List<BatchItem> batch, int output, int rows, TensorBuffer joined)
    {
        if (batch.Count == 1) return Copy(joined, batch[0].Outputs[output]);
        if (joined.Shape.Length == 0 || joined.Shape[0] != rows) return false;

        Span<long> shape = stackalloc long[joined.Shape.Length];
        joined.Shape.CopyTo(shape);
        var perRow = joined.Count / rows;
        var row = 0;
        foreach (var item in batch)
        {
            shape[0] = item.Rows;
            var part = item.Outputs[output];
            part.Reset(joined.Datatype, shape);
            if (part.Datatype == Datatype.Bytes) part.AppendFrom(joined, row * perRow, part.Count);
            else joined.Data.Slice(row * perRow * part.Datatype.Size(), part.Data.Length).CopyTo(part.Data);
            row += item.Rows;
        }

        return true;
    }

    private static bool Copy(TensorBuffer source, TensorBuffer target)
    {
        target.Reset(source.Datatype, source.Shape);
        if (source.Datatype == Datatype.Bytes) target.AppendFrom(source, 0, source.Count);
        else source.Data.CopyTo(target.Data);
        return true;
    }
}
