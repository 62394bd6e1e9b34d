using System.Text.RegularExpressions;

namespace Platform.Registry.Models;

/// <summary>Names of aliases: they start with a letter, so that no alias looks like a version.</summary>
internal static partial class AliasName
{
    /// <summary>The alias that serves when a caller names no version. It moves by promotion and roll-back only.</summary>
    public const string Champion = "champion";

    public const string Rule = "must be 1 to 100 of a-z, 0-9, '.', '_' and '-', the first a letter.";

    public static bool IsValid(string? name) => name is not null && Pattern().IsMatch(name);

    [GeneratedRegex("^[a-z][a-z0-9._-]{0,99}$(?!\n)")]
    private static partial Regex Pattern();
}
