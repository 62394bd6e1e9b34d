using Platform.Contracts.Inference;
using Platform.Monitor.Predictions;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Lookup;

/// <summary>A prediction that somebody has named by its id.</summary>
/// <param name="Record">Its record in the log.</param>
/// <param name="Row">The row that was named; null for the request as a whole.</param>
internal sealed record FoundPrediction(PredictionLogged Record, int? Row)
{
    public VersionKey Version => new(Record.Subject, Record.Data.Version);

    /// <summary>The rows that were named: one, or all.</summary>
    public IEnumerable<int> Rows => Row is { } row ? [row] : Enumerable.Range(0, Record.Data.Rows);

    /// <summary>The one row that was named, where it was one.</summary>
    public int? OnlyRow => Row ?? (Record.Data.Rows == 1 ? 0 : null);

    /// <summary>The id of a row, by which labels and feedback are kept.</summary>
    public RowId IdOf(int row) => RowId.Of(Record.Id, row, Record.Data.Rows);
}
