using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>
/// A request without JSON: the whole body is the one input's data. A free first dimension is one row, unless it is the only
/// free one: a single free dimension follows from the body's length. All outputs come raw as well.
/// </summary>
internal static class RawRequest
{
    /// <returns>What is wrong, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> body, InferRequest request)
    {
        if (request.Schema.Inputs.Count != 1) return "A request without JSON is only possible for a model with one input.";
        var problem = ReadInput(body, request.Schema.Inputs[0].Datatype, request.Schema.InputShape(0), request.Inputs[0]);
        if (problem is not null) return $"Input '{request.Schema.Inputs[0].Name}': {problem}";

        request.MarkGiven(0);
        request.Parameters = RequestParameters.Raw;
        request.Complete();
        return null;
    }

    private static string? ReadInput(ReadOnlySpan<byte> body, Datatype datatype, ReadOnlySpan<long> signature, TensorBuffer target)
    {
        Span<long> shape = stackalloc long[signature.Length];
        signature.CopyTo(shape);
        if (shape.Count(Shapes.Dynamic) > 1 && shape[0] == Shapes.Dynamic) shape[0] = 1;
        if (shape.Count(Shapes.Dynamic) > 1) return "its shape has more than one free dimension, which the data alone cannot tell.";

        // A body of strings is one string, as it is.
        var elements = datatype == Datatype.Bytes ? 1 : Math.DivRem(body.Length, datatype.Size(), out _);
        var free = shape.IndexOf(Shapes.Dynamic);
        if (free >= 0)
        {
            shape[free] = 1;
            shape[free] = Shapes.TryCount(shape, out var each) && each > 0 ? elements / each : 0;
        }

        if (!Shapes.TryCount(shape, out var count) || count != elements)
            return $"the body's {body.Length} bytes do not fill the shape {Shapes.Describe(signature)}.";
        target.Reset(datatype, shape);
        if (datatype != Datatype.Bytes) return BinaryData.Read(body, target);
        target.Append(body);
        return null;
    }
}
