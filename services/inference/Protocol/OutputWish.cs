using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>One entry of a request's outputs while it is read, in whichever form it came.</summary>
internal struct OutputWish()
{
    private int _index = -1;
    private bool? _binary;
    private int _classes;

    /// <summary>Takes the output's name by its place in the signature, -1 for none; answers what is wrong, or null.</summary>
    public string? TakeName(int index, ReadOnlySpan<byte> name)
    {
        _index = index;
        return index >= 0 ? null : $"The model has no output '{Excerpts.Of(name)}'.";
    }

    /// <summary>Takes a parameter; answers what is wrong with it, or null.</summary>
    public string? TakeParameter(ReadOnlySpan<byte> name, ParameterValue value)
    {
        if (name.SequenceEqual("binary_data"u8))
        {
            _binary = value.IsTrue;
            return value.Kind == ParameterKind.Boolean ? null : "The parameter 'binary_data' must be a boolean.";
        }

        if (name.SequenceEqual("classification"u8))
        {
            if (value.Kind != ParameterKind.Whole || value.Number is 0 or > int.MaxValue)
                return "The parameter 'classification' must be a whole number above 0.";
            _classes = (int)value.Number;
            return null;
        }

        if (name.StartsWith("shared_memory_"u8)) return "Shared memory is not supported; outputs come in the answer.";
        return value.Kind == ParameterKind.None ? $"The {RequestParameters.NoScalar(name)}" : null;
    }

    /// <summary>Adds the output to those that the request wants; answers what is wrong, or null.</summary>
    public readonly string? Complete(InferRequest request)
    {
        if (_index < 0) return "An entry of 'outputs' has no name.";
        var output = request.Schema.Outputs[_index];
        if (_classes > 0 && output.Datatype == Datatype.Bytes) return $"The output '{output.Name}' holds strings, which have no best classes.";
        return request.TryWant(new RequestedOutput(_index, _binary, _classes)) ? null : $"The output '{output.Name}' is asked for twice.";
    }
}
