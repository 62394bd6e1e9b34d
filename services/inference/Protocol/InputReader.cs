using System.Text.Json;
using Platform.Inference.Protocol.Numbers;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>Reads one tensor of a request's <c>inputs</c>.</summary>
internal ref struct InputReader(InferRequest request)
{
    private InlineShape _shape;
    private int _rank = -1;
    private int _input = -1;
    private bool _hasDatatype;
    private Datatype _datatype;
    private int _dataAt = -1;
    private long _binarySize = -1;
    private bool _read;

    /// <summary>What is wrong, when <see cref="TryRead"/> answered false.</summary>
    public string? Problem { get; private set; }

    private readonly string Name => request.Schema.AllInputs[_input].Name;

    /// <summary>Reads the object at which <paramref name="json"/> stands, up to its end, and what it claims of <paramref name="binary"/>.</summary>
    public bool TryRead(ref JsonBody json, ref BinaryData binary)
    {
        if (!json.IsObject) return Fail("'inputs' must be an array of objects.");
        while (json.NextMember())
            if (!ReadMember(ref json)) return false;
        return Complete(ref json, ref binary);
    }

    private bool ReadMember(ref JsonBody json)
    {
        if (json.NameIs("name"u8)) return ReadName(ref json);
        if (json.NameIs("datatype"u8)) return ReadDatatype(ref json);
        if (json.NameIs("shape"u8)) return ReadShape(ref json);
        if (json.NameIs("data"u8)) return ReadData(ref json);
        if (json.NameIs("parameters"u8)) return ReadParameters(ref json);
        json.SkipValue();
        return true;
    }

    private bool ReadName(ref JsonBody json)
    {
        if (!json.ReadString()) return Fail("The name of an input must be a string.");
        if (_input >= 0) return Fail($"The input '{Name}' gives its name twice.");
        _input = request.Schema.InputNames.Find(ref json.Reader);
        if (_input < 0) return Fail($"The model has no input '{json.Excerpt()}'.");
        return !request.IsGiven(_input) || Fail($"The input '{Name}' is given twice.");
    }

    private bool ReadDatatype(ref JsonBody json)
    {
        if (!json.ReadString()) return Fail($"{Subject()}: 'datatype' must be a string.");
        _hasDatatype = true;
        return json.TryGetDatatype(out _datatype)
            || Fail($"{Subject()}: there is no datatype '{json.Excerpt()}'.");
    }

    private bool ReadShape(ref JsonBody json)
    {
        if (_rank >= 0) return Fail($"{Subject()}: 'shape' is given twice.");
        if (!json.TryEnterArray()) return Fail($"{Subject()}: 'shape' must be an array of whole numbers.");
        for (_rank = 0; json.NextElement(); _rank++)
        {
            if (_rank == InlineShape.MaxRank) return Fail($"{Subject()}: 'shape' has more than {InlineShape.MaxRank} dimensions.");
            if (!json.TryGetWhole(out var size))
                return Fail($"{Subject()}: 'shape' must be an array of whole numbers that are not negative.");
            _shape[_rank] = size;
        }

        return true;
    }

    /// <summary>Reads the elements if it is known by now where they belong, else remembers where they stand.</summary>
    private bool ReadData(ref JsonBody json)
    {
        if (_dataAt >= 0) return Fail($"{Subject()}: 'data' is given twice.");
        if (!json.TryEnterArray()) return Fail($"{Subject()}: 'data' must be an array.");
        _dataAt = json.TokenStart;

        int end;
        if (_input >= 0 && _rank >= 0)
        {
            if (!ReadElements(json.Text, out end)) return false;
        }
        else
        {
            end = TensorDataReader.FindEnd(json.Text, _dataAt);
            if (end < 0) return Fail("The body is not valid JSON: an array has no end.");
        }

        json.ContinueBehind(end);
        return true;
    }

    private bool ReadParameters(ref JsonBody json)
    {
        if (!json.TryEnterObject()) return Fail($"{Subject()}: 'parameters' must be an object.");
        Span<byte> scratch = stackalloc byte[Excerpts.MaxBytes];
        while (json.NextMember())
        {
            var name = json.Name(scratch);
            var value = json.ReadParameter();
            if (name.SequenceEqual("binary_data_size"u8))
            {
                if (value.Kind != ParameterKind.Whole) return Fail($"{Subject()}: 'binary_data_size' must be a whole number that is not negative.");
                _binarySize = value.Number;
            }
            else if (InputRules.CheckParameter(name, value) is { } problem)
            {
                return Fail($"{Subject()}: {problem}");
            }
        }

        return true;
    }

    private bool Complete(ref JsonBody json, ref BinaryData binary)
    {
        if (_input < 0) return Fail("An entry of 'inputs' has no name.");
        if (_rank < 0) return Fail($"{Subject()}: 'shape' is missing.");
        if (!_hasDatatype) return Fail($"{Subject()}: 'datatype' is missing.");
        if (!HasRightDatatype()) return false;
        if (!(_binarySize >= 0 ? ReadBinary(ref binary) : CompleteData(ref json))) return false;
        request.MarkGiven(_input);
        return true;
    }

    private bool CompleteData(ref JsonBody json)
    {
        if (_dataAt < 0) return Fail($"{Subject()}: 'data' is missing.");
        return _read || ReadElements(json.Text, out _);
    }

    private bool ReadBinary(ref BinaryData binary)
    {
        if (_dataAt >= 0) return Fail($"{Subject()}: there is 'data' as well as a 'binary_data_size'.");
        if (!binary.TryTake(_binarySize, out var bytes))
            return Fail($"{Subject()}: 'binary_data_size' is {_binarySize}, but the body has only {binary.Left} bytes left behind its JSON.");
        if (!TryPrepare(bytes.Length, out var target)) return false;
        return BinaryData.Read(bytes, target) is not { } problem || Fail($"{Subject()}: {problem}");
    }

    private bool HasRightDatatype() => InputRules.CheckDatatype(request, _input, _datatype) is not { } problem || Fail($"{Subject()}: {problem}");

    private bool ReadElements(ReadOnlySpan<byte> json, out int end)
    {
        end = 0;
        if (!TryPrepare(json.Length, out var target)) return false;
        var reader = new TensorDataReader(json, _dataAt);
        var problem = reader.Read(target);
        end = reader.Position;
        _read = true;
        if (reader.IsFlat) request.KeepSource(_input, _dataAt, end - _dataAt);
        return problem == ElementProblem.None || Fail($"{Subject()}: {InputRules.Describe(problem, reader.Index, target, "data")}");
    }

    private bool TryPrepare(int bytes, out TensorBuffer target)
    {
        target = request.InputOf(_input);
        if (_hasDatatype && !HasRightDatatype()) return false;
        return InputRules.Prepare(request, _input, _shape[.._rank], bytes) is not { } problem || Fail($"{Subject()}: {problem}");
    }

    private readonly string Subject() => _input < 0 ? "An input" : $"Input '{Name}'";

    private bool Fail(string problem)
    {
        Problem = problem;
        return false;
    }
}
