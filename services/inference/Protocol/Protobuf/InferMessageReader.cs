using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;

namespace Platform.Inference.Protocol.Protobuf;

/// <summary>
/// Reads a ModelInferRequest straight from the message's bytes into the tensors' memory. The raw contents of inputs may stand before the
/// inputs or behind them; the n-th belongs to the n-th input.
/// </summary>
internal ref struct InferMessageReader
{
    private readonly InferRequest _request;
    private WireReader _wire;
    private WireReader _raw;
    private readonly bool _isRaw;

    private InferMessageReader(ReadOnlySpan<byte> message, InferRequest request)
    {
        _request = request;
        _wire = new WireReader(message);
        _raw = new WireReader(message);
        _isRaw = TryTakeRaw();
        _raw = new WireReader(message);
    }

    /// <summary>Fills <paramref name="request"/>, or says what is wrong with the message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, InferRequest request, [NotNullWhen(false)] out string? problem)
    {
        request.Reset();
        try
        {
            problem = new InferMessageReader(message, request).Read();
        }
        catch (InvalidDataException exception)
        {
            problem = Explain(exception);
        }

        return problem is null;
    }

    public static string Explain(InvalidDataException exception) => $"The message is not a ModelInferRequest: {exception.Message}.";

    private string? Read()
    {
        // Where the request's tensors come raw, so do the answer's; a parameter may say otherwise.
        _request.Parameters.BinaryOutput = _isRaw;
        while (_wire.Next())
            if (_wire.Wire == WireType.Bytes && ReadField() is { } problem) return problem;
        if (InputRules.FindMissing(_request) is { } missing) return missing;
        if (_isRaw && TryTakeRaw()) return "There are more raw_input_contents than inputs.";
        _request.Complete();
        return null;
    }

    private string? ReadField() => _wire.Field switch
    {
        InferFields.Id => ReadId(),
        InferFields.Parameters => ReadParameter(),
        InferFields.Inputs => ReadInput(),
        InferFields.WantedOutputs => ReadOutput(),
        _ => null,
    };

    private readonly string? ReadId()
    {
        if (!Utf8.IsValid(_wire.Bytes)) return "'id' is not valid Unicode text.";
        _request.Id = _wire.Place;
        return null;
    }

    private readonly string? ReadParameter()
    {
        ParameterReader.Read(_wire.Bytes, out var name, out var value);
        return _request.Parameters.Take(name, value);
    }

    private string? ReadInput()
    {
        if (_isRaw && !TryTakeRaw()) return "There are fewer raw_input_contents than inputs.";
        var input = new InputMessageReader(_request);
        return input.Read(_wire.Bytes, _isRaw, _isRaw ? _raw.Bytes : default);
    }

    private readonly string? ReadOutput()
    {
        var wish = new OutputWish();
        var wire = new WireReader(_wire.Bytes);
        while (wire.Next())
        {
            string? problem = null;
            if (wire.Is(InferFields.TensorName, WireType.Bytes))
            {
                problem = wish.TakeName(_request.Schema.OutputNames.Find(wire.Bytes), wire.Bytes);
            }
            else if (wire.Is(InferFields.WantedParameters, WireType.Bytes))
            {
                ParameterReader.Read(wire.Bytes, out var name, out var value);
                problem = wish.TakeParameter(name, value);
            }

            if (problem is not null) return problem;
        }

        return wish.Complete(_request);
    }

    private bool TryTakeRaw()
    {
        while (_raw.Next())
            if (_raw.Is(InferFields.RawInputs, WireType.Bytes)) return true;
        return false;
    }
}
