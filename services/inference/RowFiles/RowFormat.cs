namespace Platform.Inference.RowFiles;

/// <summary>The formats of files of rows.</summary>
internal static class RowFormat
{
    /// <summary>Comma-separated values (RFC 4180) in UTF-8 with a header row.</summary>
    public const string Csv = "csv";

    /// <summary>A JSON object a line.</summary>
    public const string Lines = "ndjson";

    public static IReadOnlyList<string> All { get; } = [Csv, Lines];

    private static readonly Dictionary<string, string> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["csv"] = Csv,
        ["ndjson"] = Lines,
        ["jsonl"] = Lines,
        ["text/csv"] = Csv,
        ["application/x-ndjson"] = Lines,
        ["application/ndjson"] = Lines,
        ["application/jsonl"] = Lines,
    };

    /// <summary>The format that a caller names, as the end of a file's name, or as a media type; null where that is none.</summary>
    public static string? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name.Trim());

    /// <summary>The format by what a part of a form says of itself: its file's name before its media type.</summary>
    public static string? Find(string? fileName, string? mediaType) =>
        Find(fileName is null ? null : Path.GetExtension(fileName).TrimStart('.')) ?? Find(mediaType?.Split(';')[0]);
}
