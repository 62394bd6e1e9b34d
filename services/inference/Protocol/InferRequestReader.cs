using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Platform.Inference.Protocol;

/// <summary>
/// Reads the body of an infer request (Open Inference Protocol v2) in one pass, straight into the tensors' memory: JSON, and
/// behind it the raw tensors of the binary extension. Members may come in any order. Members that the protocol does not name
/// are passed over, as the reference servers do.
/// </summary>
internal ref struct InferRequestReader
{
    private readonly InferRequest _request;
    private JsonBody _json;
    private BinaryData _binary;
    private bool _hasInputs;
    private bool _hasOutputs;
    private string? _problem;

    private InferRequestReader(ReadOnlySpan<byte> json, ReadOnlySpan<byte> binary, InferRequest request)
    {
        _request = request;
        _json = new JsonBody(json);
        _binary = new BinaryData(binary);
    }

    /// <summary>Fills <paramref name="request"/>, or says what is wrong with the body.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="jsonLength">How much of it is JSON; null when all is, 0 when all of it is the one input's raw bytes.</param>
    /// <param name="request">Where the request goes.</param>
    /// <param name="problem">What is wrong, for the caller.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> body, int? jsonLength, InferRequest request, [NotNullWhen(false)] out string? problem)
    {
        request.Reset();
        problem = Read(body, jsonLength, request);
        return problem is null;
    }

    private static string? Read(ReadOnlySpan<byte> body, int? jsonLength, InferRequest request)
    {
        if (jsonLength == 0) return RawRequest.Read(body, request);
        if (body.IsEmpty) return "The body is empty; an infer request is a JSON object.";
        if (jsonLength > body.Length)
            return $"The JSON part is said to have {jsonLength} bytes, but the body has {body.Length}.";

        try
        {
            var length = jsonLength ?? body.Length;
            var reader = new InferRequestReader(body[..length], body[length..], request);
            return reader.ReadRequest() ? null : reader._problem!;
        }
        catch (JsonException exception)
        {
            return $"The body is not valid JSON: {JsonBody.Explain(exception)}";
        }
        catch (InvalidOperationException)
        {
            return "The body is not valid JSON: it holds text that is not Unicode.";
        }
    }

    private bool ReadRequest()
    {
        if (!_json.TryEnterObject()) return Fail("The body must be a JSON object.");
        while (_json.NextMember())
            if (!ReadMember()) return false;
        _json.ExpectEnd();
        return Complete();
    }

    private bool ReadMember()
    {
        if (_json.NameIs("inputs"u8)) return ReadInputs();
        if (_json.NameIs("outputs"u8)) return ReadOutputs();
        if (_json.NameIs("id"u8)) return ReadId();
        if (_json.NameIs("parameters"u8)) return ReadParameters();
        _json.SkipValue();
        return true;
    }

    private bool ReadInputs()
    {
        if (_hasInputs) return Fail("'inputs' is given twice.");
        _hasInputs = true;
        if (!_json.TryEnterArray()) return Fail("'inputs' must be an array of tensors.");
        while (_json.NextElement())
        {
            var reader = new InputReader(_request);
            if (!reader.TryRead(ref _json, ref _binary)) return Fail(reader.Problem!);
        }

        return true;
    }

    private bool ReadOutputs()
    {
        if (_hasOutputs) return Fail("'outputs' is given twice.");
        _hasOutputs = true;
        if (!_json.TryEnterArray()) return Fail("'outputs' must be an array of objects with a name.");
        while (_json.NextElement())
        {
            var reader = new OutputReader(_request);
            if (!reader.TryRead(ref _json)) return Fail(reader.Problem!);
        }

        return true;
    }

    private bool ReadId()
    {
        if (!_json.ReadString()) return Fail("'id' must be a string.");
        // It is written into the answer as it stands.
        if (!_json.IsText()) return Fail("'id' is not valid Unicode text.");
        _request.Id = _json.Token();
        return true;
    }

    private bool ReadParameters()
    {
        if (!_json.TryEnterObject()) return Fail("'parameters' must be an object.");
        Span<byte> scratch = stackalloc byte[Excerpts.MaxBytes];
        while (_json.NextMember())
        {
            var name = _json.Name(scratch);
            if (_request.Parameters.Take(name, _json.ReadParameter()) is { } problem) return Fail(problem);
        }

        return true;
    }

    private bool Complete()
    {
        if (!_hasInputs) return Fail("The request has no 'inputs'.");
        if (InputRules.FindMissing(_request) is { } missing) return Fail(missing);
        if (_binary.Left > 0) return Fail($"The body has {_binary.Left} bytes behind its JSON that no input claims.");
        _request.Complete();
        return true;
    }

    private bool Fail(string problem)
    {
        _problem = problem;
        return false;
    }
}
