namespace Platform.Monitor.Predictions;

/// <summary>
/// The id by which callers name a row of a request: row i is <c>ID:i</c>, and the only row of a request is <c>ID</c> as well as
/// <c>ID:0</c>. It is kept as <c>ID</c>.
/// </summary>
/// <param name="Text">The id under which the row is kept.</param>
/// <param name="IsOnly">Whether it is the only row of its request, and so has the other name, too.</param>
internal readonly record struct RowId(string Text, bool IsOnly)
{
    private const string FirstRow = ":0";

    /// <summary>The id of a row of a request.</summary>
    public static RowId Of(string request, int row, int rows) => new(rows == 1 ? request : $"{request}:{row}", rows == 1);

    /// <summary>How a request's first row is named; of the only one it is the other name.</summary>
    public static string AsFirst(string request) => request + FirstRow;

    /// <summary>The id under which the row is kept that <paramref name="id"/> names, if it is the only one of its request; else null.</summary>
    public static string? AsOnly(string id) =>
        id.Length > FirstRow.Length && id.EndsWith(FirstRow, StringComparison.Ordinal) ? id[..^FirstRow.Length] : null;
}
