using System.Buffers;
using System.Text.Json;
using Platform.Inference.Protocol;

namespace Platform.Inference.Rows;

/// <summary>
/// Reads the body of a request by feature name, <c>{"rows":[{"age":44,"purpose":"car","savings":null}]}</c>, in one pass, straight into the tensors'
/// memory. Features may come in any order; every one must be there, and nothing else.
/// </summary>
internal ref struct RowsReader
{
    private readonly RowSchema _schema;
    private readonly InferRequest _request;
    private RowReader _rows;
    private JsonBody _json;
    private bool _hasRows;
    private string? _problem;

    private RowsReader(ReadOnlySpan<byte> body, RowSchema schema, InferRequest request, Span<ulong> given, Span<int> texts)
    {
        (_schema, _request) = (schema, request);
        _rows = new RowReader(schema, request, given, texts);
        _json = new JsonBody(body);
    }

    /// <summary>Fills <paramref name="request"/>, or says why not.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="schema">Of a version that can be called by feature name.</param>
    /// <param name="request">Where the request goes.</param>
    public static RowRefusal? Read(ReadOnlySpan<byte> body, RowSchema schema, InferRequest request)
    {
        request.Reset();
        var columns = schema.Columns.Length;
        Span<ulong> given = stackalloc ulong[RowSchema.MostColumns / 64];
        int[] texts = schema.HasTexts ? ArrayPool<int>.Shared.Rent(columns) : [];
        try
        {
            var reader = new RowsReader(body, schema, request, given[..((columns + 63) / 64)], texts.AsSpan(0, schema.HasTexts ? columns : 0));
            return reader.Read();
        }
        catch (JsonException exception)
        {
            return new($"The body is not valid JSON: {JsonBody.Explain(exception)}");
        }
        catch (InvalidOperationException)
        {
            return new("The body is not valid JSON: it holds text that is not Unicode.");
        }
        finally
        {
            if (schema.HasTexts) ArrayPool<int>.Shared.Return(texts);
        }
    }

    /// <summary>
    /// Whether a body that may be of either form is one by feature name: its member <c>rows</c> comes before any <c>inputs</c>. False for what
    /// is no JSON, which the reader of tensors refuses.
    /// </summary>
    public static bool IsByName(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new JsonBody(body);
            if (!json.TryEnterObject()) return false;
            while (json.NextMember())
            {
                if (json.NameIs("rows"u8)) return true;
                if (json.NameIs("inputs"u8)) return false;
                json.SkipValue();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }

        return false;
    }

    private RowRefusal? Read()
    {
        if (ReadRequest()) return null;
        return _problem is null && _rows.Problems is { } problems ? new(null, problems.Fields) : new(_problem);
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
        if (_json.NameIs("rows"u8)) return ReadRows();
        if (_json.NameIs("parameters"u8)) return ReadParameters();
        return Fail($"There is no member '{_json.Excerpt()}': a request by feature name has 'rows' and, if it likes, 'parameters'.");
    }

    private bool ReadRows()
    {
        if (_hasRows) return Fail("'rows' is given twice.");
        _hasRows = true;
        if (!_json.TryEnterArray()) return Fail("'rows' must be an array of objects.");
        while (_json.NextElement())
            if (!_rows.TryRead(ref _json)) return false;
        return true;
    }

    private bool ReadParameters()
    {
        if (!_json.TryEnterObject()) return Fail("'parameters' must be an object.");
        Span<byte> scratch = stackalloc byte[Excerpts.MaxBytes];
        while (_json.NextMember())
        {
            var name = _json.Name(scratch);
            if (!name.SequenceEqual("priority"u8) && !name.SequenceEqual("timeout"u8))
                return Fail($"There is no parameter '{Excerpts.Of(name)}': a request by feature name has 'priority' and 'timeout'.");
            if (_request.Parameters.Take(name, _json.ReadParameter()) is { } problem) return Fail(problem);
        }

        return true;
    }

    private bool Complete()
    {
        if (!_hasRows) return Fail("The request has no 'rows'.");
        if (_rows.Problems is not null) return false;
        if (_rows.Count != 1 && Array.Exists(_schema.Inputs, input => input.HasOneRow))
            return Fail($"The model takes one row at a time, and 'rows' has {_rows.Count}.");
        _rows.Complete();
        return true;
    }

    private bool Fail(string problem)
    {
        _problem = problem;
        return false;
    }
}
