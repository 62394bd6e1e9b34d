namespace Platform.Hosting.Values;

/// <summary>
/// What counts as missing, at every door: JSON null, NaN and the empty text; and where only numbers or listed names can stand, also
/// the words that programs write for it. A name that the author lists is that name and not missing.
/// </summary>
public static class MissingValue
{
    private static readonly string[] Words = ["nan", "na", "n/a", "null"];

    /// <summary>Whether a cell of free texts is missing.</summary>
    public static bool IsEmpty(string? cell) => string.IsNullOrEmpty(cell);

    /// <summary>Whether a cell is missing where only numbers or listed names can stand, and it is none of them.</summary>
    public static bool IsMissing(string? cell) =>
        string.IsNullOrWhiteSpace(cell) || Words.Contains(cell.Trim(), StringComparer.OrdinalIgnoreCase);
}
