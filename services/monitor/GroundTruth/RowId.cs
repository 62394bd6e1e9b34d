namespace Platform.Monitor.GroundTruth;

/// <summary>
/// The ids by which callers name the rows of a request: row i is <c>ID:i</c>, and the only row of a request is <c>ID</c> as well as
/// <c>ID:0</c>. It is kept as <c>ID</c>.
/// </summary>
internal static class RowId
{
    private const string FirstRow = ":0";

    /// <summary>The id under which a row is kept.</summary>
    public static string Of(string request, int row, int rows) => rows == 1 ? request : $"{request}:{row}";

    /// <summary>The other name of a row, if it is the only one of its request.</summary>
    public static string AsFirst(string id) => id + FirstRow;

    /// <summary>The id under which the row is kept that <paramref name="id"/> names, if it is the only one of its request; else null.</summary>
    public static string? AsOnly(string id) =>
        id.Length > FirstRow.Length && id.EndsWith(FirstRow, StringComparison.Ordinal) ? id[..^FirstRow.Length] : null;
}
