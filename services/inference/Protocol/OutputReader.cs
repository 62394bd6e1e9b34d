using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>Reads one entry of a request's <c>outputs</c>.</summary>
internal ref struct OutputReader(InferRequest request)
{
    private int _index = -1;
    private bool? _binary;
    private int _classes;

    /// <summary>What is wrong, when <see cref="TryRead"/> answered false.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads the object at which <paramref name="json"/> stands, up to its end.</summary>
    public bool TryRead(ref JsonBody json)
    {
        if (!json.IsObject) return Fail("'outputs' must be an array of objects with a name.");
        while (json.NextMember())
            if (!ReadMember(ref json)) return false;

        if (_index < 0) return Fail("An entry of 'outputs' has no name.");
        if (_classes > 0 && request.Schema.Outputs[_index].Datatype == Datatype.Bytes)
            return Fail($"The output '{request.Schema.Outputs[_index].Name}' holds strings, which have no best classes.");
        return request.TryWant(new RequestedOutput(_index, _binary, _classes))
            || Fail($"The output '{request.Schema.Outputs[_index].Name}' is asked for twice.");
    }

    private bool ReadMember(ref JsonBody json)
    {
        if (json.NameIs("name"u8)) return ReadName(ref json);
        if (json.NameIs("parameters"u8)) return ReadParameters(ref json);
        json.SkipValue();
        return true;
    }

    private bool ReadName(ref JsonBody json)
    {
        if (!json.ReadString()) return Fail("The name of an output must be a string.");
        _index = request.Schema.OutputNames.Find(ref json.Reader);
        return _index >= 0 || Fail($"The model has no output '{json.Excerpt()}'.");
    }

    private bool ReadParameters(ref JsonBody json)
    {
        if (!json.TryEnterObject()) return Fail("'parameters' must be an object.");
        while (json.NextMember())
            if (!ReadParameter(ref json)) return false;
        return true;
    }

    private bool ReadParameter(ref JsonBody json)
    {
        if (json.NameIs("binary_data"u8))
        {
            if (!json.TryReadBoolean(out var binary)) return Fail("The parameter 'binary_data' must be a boolean.");
            _binary = binary;
            return true;
        }

        if (json.NameIs("classification"u8))
        {
            if (!json.TryReadWhole(out var classes) || classes is 0 or > int.MaxValue)
                return Fail("The parameter 'classification' must be a whole number above 0.");
            _classes = (int)classes;
            return true;
        }

        var name = json.Excerpt();
        if (name.StartsWith("shared_memory_", StringComparison.Ordinal)) return Fail("Shared memory is not supported; outputs come in the answer.");
        return json.ReadScalar() || Fail($"The parameter '{name}' must be a string, a number or a boolean.");
    }

    private bool Fail(string problem)
    {
        Problem = problem;
        return false;
    }
}
