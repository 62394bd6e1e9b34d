using Platform.Contracts.Inference;

namespace Platform.Monitor.Search;

/// <summary>A row that a filter looks at, or a request without an answer, which has no rows.</summary>
/// <param name="Record">The request's record.</param>
/// <param name="Row">What is known of the row; null of a request without an answer.</param>
internal sealed record FilterRow(PredictionLogged Record, SearchRow? Row);

/// <summary>Something that rows are searched by.</summary>
/// <param name="Name">Its name in a filter.</param>
/// <param name="IsNumber">Whether its values are numbers, which are in order.</param>
/// <param name="Of">Its value.</param>
internal sealed record FilterColumn(string Name, bool IsNumber, Func<FilterRow, FilterValue> Of)
{
    /// <summary>What there is of every prediction. The value of a column named as a feature is is the feature's in double quotes.</summary>
    public static IReadOnlyList<FilterColumn> Common { get; } =
    [
        new("class", false, row => FilterValue.Of(row.Row?.Class)),
        new("score", true, row => FilterValue.Of(row.Row?.Score)),
        new("value", true, row => FilterValue.Of(row.Row?.Value)),
        new("label", false, row => FilterValue.Of(row.Row?.Label)),
        new("verdict", false, row => FilterValue.Of(row.Row?.Verdict)),
        new("route", false, row => FilterValue.Of(row.Record.Data.Route)),
        new("status", false, row => FilterValue.Of(row.Record.Data.Status)),
        new("latencyMs", true, row => FilterValue.Of(row.Record.Data.Timings.TotalMicros / 1000.0)),
        new("rows", true, row => FilterValue.Of(row.Record.Data.Rows)),
    ];

    /// <summary>A feature of the request.</summary>
    public static FilterColumn Feature(string name, bool isNumber) => new(name, isNumber, row =>
        row.Row?.Features?.TryGetValue(name, out var cell) == true ? FilterValue.Of(cell) : FilterValue.Missing);
}
