using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Platform.Inference.Protocol;

/// <summary>
/// Reads the JSON of an infer request (Open Inference Protocol v2) in one pass, straight into the tensors' memory. Members may
/// come in any order. Members that the protocol does not name are passed over, as the reference servers do.
/// </summary>
internal ref struct InferRequestReader
{
    private readonly InferRequest _request;
    private readonly ReadOnlySpan<byte> _body;
    private JsonBody _json;
    private bool _hasInputs;
    private bool _hasOutputs;
    private string? _problem;

    private InferRequestReader(ReadOnlySpan<byte> body, InferRequest request)
    {
        _body = body;
        _request = request;
        _json = new JsonBody(body);
    }

    /// <summary>Fills <paramref name="request"/>, or says what is wrong with the body.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, InferRequest request, [NotNullWhen(false)] out string? problem)
    {
        request.Reset();
        if (body.IsEmpty)
        {
            problem = "The body is empty; an infer request is a JSON object.";
            return false;
        }

        try
        {
            var reader = new InferRequestReader(body, request);
            problem = reader.ReadRequest() ? null : reader._problem!;
        }
        catch (JsonException exception)
        {
            problem = $"The body is not valid JSON: {JsonBody.Explain(exception)}";
        }
        catch (InvalidOperationException)
        {
            problem = "The body is not valid JSON: it holds text that is not Unicode.";
        }

        return problem is null;
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
            var reader = new InputReader(_body, _request);
            if (!reader.TryRead(ref _json)) return Fail(reader.Problem!);
        }

        return true;
    }

    private bool ReadOutputs()
    {
        if (_hasOutputs) return Fail("'outputs' is given twice.");
        _hasOutputs = true;
        if (!_json.TryEnterArray()) return Fail("'outputs' must be an array of objects with a name.");
        while (_json.NextElement())
            if (!ReadOutput()) return false;
        return true;
    }

    private bool ReadOutput()
    {
        if (!_json.IsObject) return Fail("'outputs' must be an array of objects with a name.");
        var output = -1;
        while (_json.NextMember())
        {
            if (_json.NameIs("parameters"u8) && !ReadParameters()) return false;
            if (!_json.NameIs("name"u8)) _json.SkipValue();
            else if (!TryFindOutput(out output)) return false;
        }

        if (output < 0) return Fail("An entry of 'outputs' has no name.");
        return _request.TryWant(output) || Fail($"The output '{_request.Schema.Outputs[output].Name}' is asked for twice.");
    }

    private bool TryFindOutput(out int output)
    {
        output = -1;
        if (!_json.ReadString()) return Fail("The name of an output must be a string.");
        output = _request.Schema.OutputNames.Find(ref _json.Reader);
        return output >= 0 || Fail($"The model has no output '{_json.Excerpt()}'.");
    }

    private bool ReadId()
    {
        if (!_json.ReadString()) return Fail("'id' must be a string.");
        _request.Id = _json.Token();
        return true;
    }

    private bool ReadParameters()
    {
        if (!_json.TryEnterObject()) return Fail("'parameters' must be an object.");
        while (_json.NextMember())
        {
            var name = _json.Excerpt();
            if (!_json.ReadScalar()) return Fail($"The parameter '{name}' must be a string, a number or a boolean.");
        }

        return true;
    }

    private bool Complete()
    {
        if (!_hasInputs) return Fail("The request has no 'inputs'.");
        var missing = _request.FindMissing();
        if (missing >= 0) return Fail($"The input '{_request.Schema.Inputs[missing].Name}' is missing.");
        _request.Complete();
        return true;
    }

    private bool Fail(string problem)
    {
        _problem = problem;
        return false;
    }
}
