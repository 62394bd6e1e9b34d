using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog.Index;
using Platform.Monitor.Baselines;
using Platform.Monitor.Feedback;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Inspection;
using Platform.Monitor.Predictions;
using Platform.Monitor.State;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Search;

/// <summary>Reads records and holds their rows against a filter.</summary>
internal sealed class RecordSearch(PredictionLookup predictions, BaselineCatalog baselines, LedgerKeeper keeper)
{
    private const int MostRowsShown = 10;

    // What is read before the ledger is asked, and of how many rows it is asked at once: others wait for it meanwhile.
    private const int RecordsAtOnce = 50;
    private const int RowsAtOnce = 1_000;

    /// <summary>
    /// Reads the first of some predictions until enough are found that match or the budget is spent, and says how many it has read. Throws
    /// <see cref="IOException"/> while the log does not answer, and <see cref="HttpRequestException"/> while the registry does not.
    /// </summary>
    public async Task<(IReadOnlyList<SearchItem> Items, int Read)> ReadAsync(
        IEnumerable<IndexedPrediction> some, Filter? filter, int most, PageBudget budget, CancellationToken cancellationToken)
    {
        var records = await ReadSomeAsync(some.Take(filter is null ? Math.Min(most, RecordsAtOnce) : RecordsAtOnce), filter, budget, cancellationToken);
        var known = await KnownAsync(records, filter, cancellationToken);
        var (items, at, row) = (new List<SearchItem>(), 0, 0);
        for (; at < records.Count && items.Count < most; at++)
        {
            if (records[at] is not { } record)
                continue;
            var rows = LookedAt(record, filter);
            if (ItemOf(record, known.GetRange(row, rows), filter) is { } item)
                items.Add(item);
            row += rows;
        }

        return (items, at);
    }

    private async Task<List<RecordRows?>> ReadSomeAsync(
        IEnumerable<IndexedPrediction> some, Filter? filter, PageBudget budget, CancellationToken cancellationToken)
    {
        var (records, rows) = (new List<RecordRows?>(), 0);
        foreach (var prediction in some)
        {
            var record = await ReadAsync(prediction, cancellationToken);
            records.Add(record);
            var looked = record is null ? 0 : LookedAt(record, filter);
            budget.Spend(looked);
            rows += looked;
            if (rows >= RowsAtOnce || budget.IsSpent)
                break;
        }

        return records;
    }

    // One that the log has dropped, or that cannot be read, is passed over.
    private async Task<RecordRows?> ReadAsync(IndexedPrediction prediction, CancellationToken cancellationToken)
    {
        try
        {
            if (await predictions.ReadAsync(prediction.Id, prediction.Position, cancellationToken) is not { } record)
                return null;
            return new(record, await baselines.GetAsync(new(record.Subject, record.Data.Version), cancellationToken));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Without a filter all rows match, and only those that are shown need a look.
    private static int LookedAt(RecordRows record, Filter? filter) =>
        record.IsAnswered ? Math.Min(record.Record.Data.Rows, filter is null ? MostRowsShown : PageBudget.Rows) : 0;

    private async Task<List<(string? Label, string? Verdict)>> KnownAsync(
        IReadOnlyList<RecordRows?> records, Filter? filter, CancellationToken cancellationToken)
    {
        var ids = records.OfType<RecordRows>().SelectMany(record =>
            Enumerable.Range(0, LookedAt(record, filter)).Select(row => (Model: record.Record.Subject, Id: IdOf(record.Record, row))));
        var known = new List<(string? Label, string? Verdict)>();
        foreach (var some in ids.Chunk(RowsAtOnce))
        {
            known.AddRange(await keeper.ChangeAsync(
                ledger => Array.ConvertAll(some, row => (ledger.Outcomes.LabelOf(row.Model, row.Id)?.Label, ledger.Feedback.VerdictOn(row.Model, row.Id))),
                cancellationToken));
        }

        return known;
    }

    private static SearchItem? ItemOf(RecordRows record, List<(string? Label, string? Verdict)> known, Filter? filter)
    {
        var (matching, shown) = (0, new List<SearchRow>());
        for (var row = 0; row < known.Count; row++)
        {
            var found = RowOf(record, row, known[row]);
            if (filter?.Matches(new(record.Record, found)) == false)
                continue;
            if (matching++ < MostRowsShown)
                shown.Add(found);
        }

        if (filter is null && record.IsAnswered)
            matching = record.Record.Data.Rows;
        var isWanted = matching > 0 || (known.Count == 0 && filter?.Matches(new(record.Record, null)) != false);
        return isWanted ? ItemOf(record.Record, matching, shown) : null;
    }

    private static SearchRow RowOf(RecordRows record, int row, (string? Label, string? Verdict) known)
    {
        var said = record.Prediction(row);
        return new()
        {
            PredictionId = IdOf(record.Record, row),
            Features = record.Features(row),
            Class = said.Class,
            Score = Finite.OrNull(said.Score),
            Value = said.Value.IsFinite ? said.Value.High : null,
            Label = known.Label,
            Verdict = known.Verdict,
        };
    }

    private static SearchItem ItemOf(PredictionLogged record, int matching, IReadOnlyList<SearchRow> rows) => new()
    {
        Id = record.Id,
        Model = record.Subject,
        Version = record.Data.Version,
        Route = record.Data.Route,
        Status = record.Data.Status,
        Time = record.Time,
        LatencyMs = record.Data.Timings.TotalMicros / 1000.0,
        Matching = matching,
        Rows = rows,
    };

    private static string IdOf(PredictionLogged record, int row) => RowId.Of(record.Id, row, record.Data.Rows).Text;
}
