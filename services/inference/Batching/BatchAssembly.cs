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

    /// <summary>Fills <paramref name="target"/> with one row of a request's input.</summary>
    public static void TakeRow(BatchItem item, int input, int row, TensorBuffer target)
    {
        var source = item.Inputs[input];
        Span<long> shape = stackalloc long[source.Shape.Length];
        source.Shape.CopyTo(shape);
        shape[0] = 1;
        target.Reset(source.Datatype, shape);
        var perRow = source.Count / item.Rows;
        if (source.Datatype == Datatype.Bytes) target.AppendFrom(source, row * perRow, perRow);
        else source.Data.Slice(row * target.Data.Length, target.Data.Length).CopyTo(target.Data);
    }

    /// <summary>Puts the answer to one row, the rows coming in order, into the answer to all.</summary>
    /// <exception cref="InvalidDataException">The model did not answer with one row, or with one of another shape than before.</exception>
    public static void PutRow(TensorBuffer answer, int row, int rows, TensorBuffer target)
    {
        if (answer.Shape.Length == 0 || answer.Shape[0] != 1)
            throw new InvalidDataException("The model did not answer one row with one row.");
        if (row == 0)
        {
            Span<long> shape = stackalloc long[answer.Shape.Length];
            answer.Shape.CopyTo(shape);
            shape[0] = rows;
            target.Reset(answer.Datatype, shape);
        }

        if (answer.Datatype != target.Datatype || !answer.Shape[1..].SequenceEqual(target.Shape[1..]))
            throw new InvalidDataException("The model answered two rows in different shapes.");
        if (answer.Datatype == Datatype.Bytes) target.AppendFrom(answer, 0, answer.Count);
        else answer.Data.CopyTo(target.Data[(row * answer.Data.Length)..]);
    }

    private static bool Copy(TensorBuffer source, TensorBuffer target)
    {
        target.Reset(source.Datatype, source.Shape);
        if (source.Datatype == Datatype.Bytes) target.AppendFrom(source, 0, source.Count);
        else source.Data.CopyTo(target.Data);
        return true;
    }
}
