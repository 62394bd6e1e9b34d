using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>An infer request in the memory that the model will read it from. Used again for the next request to the same version.</summary>
internal sealed class InferRequest
{
    private readonly bool[] _given;
    private readonly (int Start, int Length)[] _sources;
    private readonly RequestedOutput[] _outputs;
    private readonly List<OptionalInput> _optional = [];
    private int _outputCount;

    public InferRequest(RequestSchema schema)
    {
        Schema = schema;
        Inputs = [.. schema.Inputs.Select(_ => new TensorBuffer())];
        Tensors = [.. Inputs, .. schema.AllInputs.Skip(schema.Inputs.Count).Select(_ => new TensorBuffer())];
        _given = new bool[schema.AllInputs.Count];
        _sources = new (int, int)[schema.AllInputs.Count];
        _outputs = new RequestedOutput[schema.Outputs.Count];
        Reset();
    }

    public RequestSchema Schema { get; }

    /// <summary>The input tensors that every request needs, in the order of the signature.</summary>
    public TensorBuffer[] Inputs { get; }

    /// <summary>The optional inputs that the request gives.</summary>
    public IReadOnlyList<OptionalInput> Optional => _optional;

    /// <summary>Every tensor that a request may fill.</summary>
    public TensorBuffer[] Tensors { get; }

    /// <summary>Where the caller's id, with its quotation marks, stands in the body; empty when there is none.</summary>
    public (int Start, int Length) Id { get; set; }

    /// <summary>The wanted outputs in the order in which they were asked for.</summary>
    public ReadOnlySpan<RequestedOutput> Outputs => _outputs.AsSpan(0, _outputCount);

    /// <summary>What the request says of itself beyond its tensors.</summary>
    public RequestParameters Parameters;

    /// <summary>Rows: the first dimension, where all inputs that every request needs agree on it; else 1.</summary>
    public int Rows { get; private set; }

    /// <summary>True when all those inputs have the same first dimension and it is not 0.</summary>
    public bool HasRows { get; private set; }

    /// <summary>Whether every input has a first dimension of 0: a request for no row at all.</summary>
    public bool IsEmpty
    {
        get
        {
            foreach (var input in Inputs)
                if (input.Shape.Length == 0 || input.Shape[0] != 0) return false;
            return Inputs.Length > 0;
        }
    }

    /// <summary>Whether no input holds NaN or an infinity.</summary>
    public bool IsFinite()
    {
        foreach (var input in Inputs)
            if (!FiniteScan.IsFinite(input)) return false;
        return true;
    }

    /// <summary>The tensor of an input by its place in <see cref="RequestSchema.AllInputs"/>.</summary>
    public TensorBuffer InputOf(int input) => Tensors[input];

    public bool IsGiven(int input) => _given[input];

    public void MarkGiven(int input) => _given[input] = true;

    /// <summary>The first input that the request needs and lacks, or -1.</summary>
    public int FindMissing() => Array.IndexOf(_given, false, 0, Inputs.Length);

    /// <summary>Remembers where in the body an input's elements stand as a flat JSON array.</summary>
    public void KeepSource(int input, int start, int length) => _sources[input] = (start, length);

    /// <summary>Forgets it: nobody will quote the input.</summary>
    public void DropSource(int input) => _sources[input] = default;

    /// <summary>An input's elements as the caller wrote them, a flat JSON array; empty when they came nested or raw.</summary>
    public ReadOnlySpan<byte> SourceOf(int input, ReadOnlySpan<byte> quotes) => quotes.Slice(_sources[input].Start, _sources[input].Length);

    /// <summary>Copies the id and the sources out of the body, which may then go: from now on they stand in <paramref name="quotes"/>.</summary>
    public void MoveQuotes(ReadOnlySpan<byte> body, ByteBuffer quotes)
    {
        Id = Move(Id, body, quotes);
        for (var i = 0; i < _sources.Length; i++) _sources[i] = Move(_sources[i], body, quotes);
    }

    /// <summary>Adds a wanted output; false when it has been asked for already.</summary>
    public bool TryWant(RequestedOutput output)
    {
        foreach (var wanted in Outputs)
            if (wanted.Index == output.Index) return false;
        _outputs[_outputCount++] = output;
        return true;
    }

    /// <summary>Whether an output's elements come as raw bytes: its own word counts before that of the request.</summary>
    public bool IsBinary(RequestedOutput output) => output.Binary ?? Parameters.BinaryOutput;

    /// <summary>Ends the reading of a request.</summary>
    public void Complete()
    {
        if (_outputCount == 0)
            for (; _outputCount < _outputs.Length; _outputCount++) _outputs[_outputCount] = new RequestedOutput(_outputCount);
        for (var i = Inputs.Length; i < _given.Length; i++)
            if (_given[i]) _optional.Add(new OptionalInput(Schema.AllInputs[i].Name, InputOf(i)));
        CountRows();
    }

    public void Reset()
    {
        Array.Clear(_given);
        Array.Clear(_sources);
        _optional.Clear();
        _outputCount = 0;
        Id = default;
        Parameters = default;
        (Rows, HasRows) = (1, false);
    }

    private static (int Start, int Length) Move((int Start, int Length) quote, ReadOnlySpan<byte> body, ByteBuffer quotes)
    {
        var start = quotes.Length;
        quotes.Write(body.Slice(quote.Start, quote.Length));
        return (start, quote.Length);
    }

    private void CountRows()
    {
        var rows = Inputs.Length > 0 && Inputs[0].Shape.Length > 0 ? Inputs[0].Shape[0] : 0;
        HasRows = rows is > 0 and <= int.MaxValue;
        foreach (var input in Inputs) HasRows &= input.Shape.Length > 0 && input.Shape[0] == rows;
        Rows = HasRows ? (int)rows : 1;
    }
}
