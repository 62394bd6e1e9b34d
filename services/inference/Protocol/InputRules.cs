using Platform.Inference.Protocol.Numbers;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>What holds for an input in whichever form it comes. Problems are told as they follow the input's name.</summary>
internal static class InputRules
{
    /// <summary>What is missing of the inputs that every request needs, as a whole sentence; null when nothing is.</summary>
    public static string? FindMissing(InferRequest request)
    {
        var missing = request.FindMissing();
        return missing < 0 ? null : $"The input '{request.Schema.Inputs[missing].Name}' is missing.";
    }

    public static string? CheckDatatype(InferRequest request, int input, Datatype datatype)
    {
        var expected = request.Schema.AllInputs[input].Datatype;
        return datatype == expected ? null : $"the model takes {expected.Name()}, not {datatype.Name()}.";
    }

    /// <summary>A parameter of an input, none of which means anything beside the data's own.</summary>
    public static string? CheckParameter(ReadOnlySpan<byte> name, ParameterValue value) => name.StartsWith("shared_memory_"u8)
        ? "shared memory is not supported; send the data in the request."
        : value.Kind == ParameterKind.None ? $"the {RequestParameters.NoScalar(name)}" : null;

    /// <summary>Makes room for the elements that the shape promises, but only for as many as <paramref name="bytes"/> can hold.</summary>
    public static string? Prepare(InferRequest request, int input, ReadOnlySpan<long> shape, int bytes)
    {
        var wanted = request.Schema.InputShape(input);
        if (wanted.Length > 0 && !Shapes.Fits(shape, wanted))
            return $"the shape {Shapes.Describe(shape)} does not fit the model's {Shapes.Describe(wanted)}.";
        if (!Shapes.TryCount(shape, out var count) || count > bytes)
            return $"the shape {Shapes.Describe(shape)} asks for more elements than the body holds.";
        request.InputOf(input).Reset(request.Schema.AllInputs[input].Datatype, shape);
        return null;
    }

    /// <param name="problem">What is wrong.</param>
    /// <param name="index">With which element.</param>
    /// <param name="target">The tensor that it is read into.</param>
    /// <param name="member">What holds the elements in the request.</param>
    public static string Describe(ElementProblem problem, int index, TensorBuffer target, string member) => problem switch
    {
        ElementProblem.TooMany => $"'{member}' has more than the {target.Count} elements that the shape asks for.",
        ElementProblem.TooFew => $"'{member}' has {index} elements, but the shape asks for {target.Count}.",
        ElementProblem.NotWhole => $"element {index} of '{member}' is not a whole number, which {target.Datatype.Name()} needs.",
        ElementProblem.OutOfRange => $"element {index} of '{member}' is out of the range of {target.Datatype.Name()}.",
        ElementProblem.TooDeep => $"'{member}' is nested too deeply.",
        ElementProblem.NotText => $"element {index} of '{member}' is not valid Unicode text.",
        ElementProblem.Malformed => $"'{member}' is not valid JSON near element {index}.",
        _ => $"element {index} of '{member}' is not a {target.Datatype.Name()} value.",
    };
}
