namespace Platform.Inference.Protocol;

/// <summary>Reads one entry of a request's <c>outputs</c>.</summary>
internal ref struct OutputReader(InferRequest request)
{
    private OutputWish _wish = new();

    /// <summary>What is wrong, when <see cref="TryRead"/> answered false.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads the object at which <paramref name="json"/> stands, up to its end.</summary>
    public bool TryRead(ref JsonBody json)
    {
        if (!json.IsObject) return Check("'outputs' must be an array of objects with a name.");
        while (json.NextMember())
            if (!ReadMember(ref json)) return false;
        return Check(_wish.Complete(request));
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
        if (!json.ReadString()) return Check("The name of an output must be a string.");
        return Check(_wish.TakeName(request.Schema.OutputNames.Find(ref json.Reader), json.Reader.ValueSpan));
    }

    private bool ReadParameters(ref JsonBody json)
    {
        if (!json.TryEnterObject()) return Check("'parameters' must be an object.");
        Span<byte> scratch = stackalloc byte[Excerpts.MaxBytes];
        while (json.NextMember())
        {
            var name = json.Name(scratch);
            if (!Check(_wish.TakeParameter(name, json.ReadParameter()))) return false;
        }

        return true;
    }

    /// <summary>True where there is no problem.</summary>
    private bool Check(string? problem)
    {
        Problem = problem;
        return problem is null;
    }
}
