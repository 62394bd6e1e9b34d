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

    /// <summary>
    /// Reads some predictions in order until enough are found that match, and says how many it has read. Throws <see cref="IOException"/> while
    /// the log does not answer, and <see cref="HttpRequestException"/> while the registry does not.
    /// </summary>
    public async Task<(IReadOnlyList<SearchItem> Items, int Read)> ReadAsync(
        IReadOnlyList<IndexedPrediction> some, Filter? filter, int most, CancellationToken cancellationToken)
    {
        var enough = filter is null ? some.Take(most).ToArray() : some;
        var records = new List<RecordRows?>(enough.Count);
        foreach (var prediction in enough)
            records.Add(await ReadAsync(prediction, cancellationToken));
        var known = await keeper.ChangeAsync(ledger => records.Select(record => record is null ? [] : Known(ledger, record)).ToArray(), cancellationToken);

        var items = new List<SearchItem>();
        for (var at = 0; at < records.Count; at++)
        {
            if (records[at] is { } record && ItemOf(record, known[at], filter) is { } item)
                items.Add(item);
            if (items.Count == most)
                return (items, at + 1);
        }

        return (items, records.Count);
    }

    // One that the log has dropped, or that cannot be read, is passed over.
    private async Task<RecordRows?> ReadAsync(IndexedPrediction prediction, CancellationToken cancellationToken)
    {
        if (await predictions.ReadAsync(prediction.Id, prediction.Position, cancellationToken) is not { } record)
            return null;
        var baseline = await baselines.GetAsync(new(record.Subject, record.Data.Version), cancellationToken);
        try
        {
            return new(record, baseline);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string? Label, string? Verdict)[] Known(Ledger ledger, RecordRows rows)
    {
        var (model, count) = (rows.Record.Subject, rows.IsAnswered ? rows.Record.Data.Rows : 0);
        return [.. Enumerable.Range(0, count).Select(row => IdOf(rows.Record, row)).Select(id =>
            (ledger.Outcomes.LabelOf(model, id)?.Label, ledger.Feedback.VerdictOn(model, id)))];
    }

    private static SearchItem? ItemOf(RecordRows record, (string? Label, string? Verdict)[] known, Filter? filter)
    {
        var (matching, shown) = (0, new List<SearchRow>());
        for (var row = 0; row < known.Length; row++)
        {
            var found = RowOf(record, row, known[row]);
            if (filter?.Matches(new(record.Record, found)) == false)
                continue;
            if (matching++ < MostRowsShown)
                shown.Add(found);
        }

        var isWanted = matching > 0 || (known.Length == 0 && filter?.Matches(new(record.Record, null)) != false);
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
