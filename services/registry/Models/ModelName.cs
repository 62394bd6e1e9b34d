using System.Text.RegularExpressions;

namespace Platform.Registry.Models;

/// <summary>Names of models: they are a segment of paths, topics and keys.</summary>
internal static partial class ModelName
{
    public const string Rule = "must be 1 to 100 of a-z, 0-9, '.', '_' and '-', the first a letter or digit.";

    public const string Pattern = "^[a-z0-9][a-z0-9._-]{0,99}$";

    // GET /v2/models/stats are the statistics of all models, by the protocol.
    private static readonly string[] Reserved = ["stats"];

    public static bool IsValid(string? name) => name is not null && Shape().IsMatch(name);

    /// <summary>Whether a path with this name in a model's place is another route.</summary>
    public static bool IsReserved(string? name) => Reserved.Contains(name);

    [GeneratedRegex(Pattern + "(?!\n)")]
    private static partial Regex Shape();
}
