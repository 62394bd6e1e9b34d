namespace Platform.Hosting.Tls;

/// <summary>What some PEM files hold, as far as it could be used when they were last looked at.</summary>
/// <param name="use">What it is for, in metrics and sentences: <c>server</c>, <c>services</c>, <c>rabbitmq</c>.</param>
/// <param name="paths">The files.</param>
internal abstract class Reloaded(string use, IReadOnlyList<string> paths)
{
    private string _judged = "";
    private string _seen = "";

    public string Use { get; } = use;

    /// <summary>Why the content of now was not taken and the one before stays; null when it was.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How often new content was taken.</summary>
    public long Taken { get; private set; }

    /// <summary>How often new content could not be used.</summary>
    public long Refused { get; private set; }

    /// <summary>When the certificate in force ends; null where there are many.</summary>
    public abstract DateTimeOffset? NotAfter { get; }

    /// <summary>
    /// Looks at the files: whether new content was taken, or refused; null when there is none. Two looks in a row must find the same, or
    /// files that are replaced one after the other would be taken for a pair. Content and not times are compared: another file may have
    /// got the name, or a link on the way leads elsewhere now, as Kubernetes does it.
    /// </summary>
    public bool? Look()
    {
        var (files, content) = Read(paths);
        var isSteady = content == _seen;
        _seen = content;
        if (!isSteady || (content == _judged && Refusal is null)) return null;
        var isKnown = content == _judged;
        _judged = content;
        Refusal = files is null ? content : TryPut(files);
        if (Refusal is null) Taken++;
        else if (isKnown) return null;
        else Refused++;
        return Refusal is null;
    }

    /// <summary>Takes what is there at the start; throws <see cref="InvalidDataException"/> when that cannot be used.</summary>
    protected void Open()
    {
        var (files, content) = Read(paths);
        Put(files ?? throw new InvalidDataException(content));
        _seen = _judged = content;
    }

    /// <summary>Puts it in force; throws <see cref="InvalidDataException"/> when it cannot be used.</summary>
    protected abstract void Put(IReadOnlyList<PemFile> files);

    private string? TryPut(IReadOnlyList<PemFile> files)
    {
        try
        {
            Put(files);
            return null;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The files with all their text, or null with what is wrong.</summary>
    private static (IReadOnlyList<PemFile>? Files, string Content) Read(IReadOnlyList<string> paths)
    {
        try
        {
            List<PemFile> files = [.. paths.Select(PemFile.Read)];
            return (files, string.Join('\0', files.Select(file => file.Text)));
        }
        catch (InvalidDataException exception)
        {
            return (null, exception.Message);
        }
    }
}
