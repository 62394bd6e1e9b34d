using Platform.Inference.Protocol.Numbers;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol.Protobuf;

/// <summary>Reads one InferInputTensor.</summary>
internal ref struct InputMessageReader(InferRequest request)
{
    private InlineShape _shape;
    private int _rank;
    private int _input = -1;
    private bool _hasDatatype;
    private bool _hasContents;
    private Datatype _datatype;
    private ReadOnlySpan<byte> _contents;

    /// <param name="input">The message.</param>
    /// <param name="isRaw">Whether the request's elements come as raw_input_contents.</param>
    /// <param name="raw">Those of this input, where they do.</param>
    /// <returns>What is wrong, or null.</returns>
    public string? Read(ReadOnlySpan<byte> input, bool isRaw, ReadOnlySpan<byte> raw)
    {
        var wire = new WireReader(input);
        while (wire.Next())
            if (ReadField(ref wire) is { } problem) return problem;
        if (_input < 0) return "An entry of 'inputs' has no name.";
        if (request.IsGiven(_input)) return About("it is given twice.");
        if (!_hasDatatype) return About("'datatype' is missing.");
        if (InputRules.CheckDatatype(request, _input, _datatype) is { } wrong) return About(wrong);
        if (isRaw && _hasContents) return About("there are 'contents' as well as raw_input_contents.");
        if ((isRaw ? ReadRaw(raw) : ReadContents()) is { } bad) return About(bad);
        request.MarkGiven(_input);
        return null;
    }

    private string? ReadField(ref WireReader wire) => (wire.Field, wire.Wire) switch
    {
        (InferFields.TensorName, WireType.Bytes) => ReadName(wire.Bytes),
        (InferFields.TensorDatatype, WireType.Bytes) => ReadDatatype(wire.Bytes),
        (InferFields.TensorShape, WireType.Varint) => AddDimension((long)wire.Varint),
        (InferFields.TensorShape, WireType.Bytes) => ReadShape(new WireReader(wire.Bytes)),
        (InferFields.TensorParameters, WireType.Bytes) => ReadParameter(wire.Bytes),
        (InferFields.TensorContents, WireType.Bytes) => ReadContents(wire.Bytes),
        _ => null,
    };

    private string? ReadName(ReadOnlySpan<byte> name)
    {
        _input = request.Schema.InputNames.Find(name);
        return _input < 0 ? $"The model has no input '{Excerpts.Of(name)}'." : null;
    }

    private string? ReadDatatype(ReadOnlySpan<byte> name)
    {
        _hasDatatype = Datatypes.TryParse(name, out _datatype);
        return _hasDatatype ? null : About($"there is no datatype '{Excerpts.Of(name)}'.");
    }

    private string? ReadShape(WireReader packed)
    {
        while (packed.NextPacked())
            if (AddDimension((long)packed.Varint) is { } problem) return problem;
        return null;
    }

    private string? AddDimension(long size)
    {
        if (size < 0) return About("'shape' must be whole numbers that are not negative.");
        if (_rank == InlineShape.MaxRank) return About($"'shape' has more than {InlineShape.MaxRank} dimensions.");
        _shape[_rank++] = size;
        return null;
    }

    private readonly string? ReadParameter(ReadOnlySpan<byte> entry)
    {
        ParameterReader.Read(entry, out var name, out var value);
        return InputRules.CheckParameter(name, value) is { } problem ? About(problem) : null;
    }

    private string? ReadContents(ReadOnlySpan<byte> contents)
    {
        if (_hasContents) return About("'contents' is given twice.");
        _hasContents = true;
        _contents = contents;
        return null;
    }

    private readonly string? ReadRaw(ReadOnlySpan<byte> raw) =>
        InputRules.Prepare(request, _input, _shape[.._rank], raw.Length) ?? BinaryData.Read(raw, request.InputOf(_input));

    private readonly string? ReadContents()
    {
        if (Contents.FieldOf(_datatype) is not (> 0 and var field)) return $"{_datatype.Name()} comes in raw_input_contents only.";
        if (InputRules.Prepare(request, _input, _shape[.._rank], _contents.Length) is { } problem) return problem;
        var target = request.InputOf(_input);
        var reader = new ContentsReader(_contents, target);
        var wrong = reader.Read();
        if (wrong == ElementProblem.None) return null;
        return reader.OtherField > 0
            ? $"{_datatype.Name()} stands in {Contents.NameOf(field)}, not in {Contents.NameOf(reader.OtherField)}."
            : InputRules.Describe(wrong, reader.Index, target, Contents.NameOf(field));
    }

    private readonly string About(string problem) => _input < 0 ? $"An input: {problem}" : $"Input '{request.Schema.AllInputs[_input].Name}': {problem}";
}
