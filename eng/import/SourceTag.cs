namespace Platform.Import;

/// <summary>The tag by which what was copied is known again: the source's address and its id there.</summary>
internal sealed class SourceTag(Uri source)
{
    public const string Key = "import.source";

    /// <summary>Set last, so that what an import left unfinished is gone on with.</summary>
    public const string DoneKey = "import.done";

    public const string Done = "true";
    public const string DoneWithoutFiles = "without all files";

    public string Of(string kind, string id) => $"{source.GetLeftPart(UriPartial.Path).TrimEnd('/')}#{kind}/{id}";
}
