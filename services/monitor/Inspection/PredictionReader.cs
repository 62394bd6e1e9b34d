using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Monitor.Baselines;
using Platform.Monitor.Feedback;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Lookup;
using Platform.Monitor.Monitoring;
using Platform.Monitor.State;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Inspection;

/// <summary>Puts together what the log, the labels and the feedback know of a prediction.</summary>
internal sealed class PredictionReader(
    [FromKeyedServices(MonitorService.Name)] IDocumentStore documents, BaselineCatalog baselines, LedgerKeeper keeper)
{
    private const int MostFeedback = 100;

    // A request may have millions of rows; the others are named one by one.
    private const int MostRows = 100;

    public async Task<Result<PredictionAnswer>> ReadAsync(FoundPrediction prediction, CancellationToken cancellationToken)
    {
        try
        {
            var baseline = await baselines.GetAsync(prediction.Version, cancellationToken);
            var rows = await RowsAsync(prediction, new(prediction.Record, baseline), cancellationToken);
            return AnswerOf(prediction, baseline.Description.Metadata, rows);
        }
        catch (HttpRequestException)
        {
            return MonitoringErrors.RegistryAway;
        }
        catch (JsonException)
        {
            return LookupErrors.Unreadable(prediction.Record.Id);
        }
    }

    private async Task<IReadOnlyList<RowAnswer>> RowsAsync(FoundPrediction prediction, RecordRows record, CancellationToken cancellationToken)
    {
        if (!record.IsAnswered)
            return [];

        var rows = prediction.Rows.Take(MostRows).ToArray();
        var model = prediction.Record.Subject;
        var known = await keeper.ChangeAsync(
            ledger => rows.Select(row => prediction.IdOf(row).Text).Select(id =>
                (Label: ledger.Outcomes.LabelOf(model, id), HasFeedback: ledger.Feedback.VerdictOn(model, id) is not null)).ToArray(),
            cancellationToken);
        var answers = new List<RowAnswer>(rows.Length);
        for (var at = 0; at < rows.Length; at++)
        {
            var row = RowOf(record, rows[at]) with { PredictionId = prediction.IdOf(rows[at]).Text };
            answers.Add(row with
            {
                Label = known[at].Label is var (label, since) ? new LabelAnswer(label, since) : null,
                Feedback = known[at].HasFeedback ? await FeedbackAsync(model, row.PredictionId, cancellationToken) : [],
            });
        }

        return answers;
    }

    /// <summary>A row without what came of it.</summary>
    public static RowAnswer RowOf(RecordRows record, int row)
    {
        var said = record.Prediction(row);
        return new()
        {
            Features = record.Features(row),
            Class = said.Class,
            Score = Finite.OrNull(said.Score),
            Value = said.Value.IsFinite ? said.Value.High : null,
            Outputs = record.Outputs(row),
        };
    }

    private async Task<IReadOnlyList<PredictionFeedback>> FeedbackAsync(string model, string id, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(Collections.Feedback) { Where = FeedbackBook.IndexOf(model, id), Limit = MostFeedback, Descending = true };
        return [.. (await documents.QueryAsync<PredictionFeedback>(query, cancellationToken)).Items.Select(document => document.Value)];
    }

    private static PredictionAnswer AnswerOf(FoundPrediction prediction, VersionMetadata metadata, IReadOnlyList<RowAnswer> rows)
    {
        var (record, data) = (prediction.Record, prediction.Record.Data);
        return new()
        {
            Id = prediction.Row is { } row ? prediction.IdOf(row).Text : record.Id,
            Model = record.Subject,
            Version = data.Version,
            Route = data.Route,
            Status = data.Status,
            Error = data.Error,
            Time = record.Time,
            LatencyMs = data.Timings.TotalMicros / 1000.0,
            Timings = data.Timings,
            RequestId = data.RequestId,
            TraceId = data.TraceId,
            RouteKey = data.RouteKey,
            RowCount = data.Rows,
            Rows = rows,
            Inputs = [.. data.Inputs.Select(TensorAnswer.Of)],
            Hidden = [.. (metadata.Logging?.Redact ?? []).Select(hidden => new HiddenFeature(hidden.Feature, hidden.As))],
            Links = LinksOf(record),
        };
    }

    private static PredictionLinks LinksOf(PredictionLogged record)
    {
        var model = $"/v1/models/{Uri.EscapeDataString(record.Subject)}";
        var version = record.Data.Version.Length == 0 ? null : $"{model}/versions/{Uri.EscapeDataString(record.Data.Version)}";
        return new(version, version is null ? null : $"{version}/lineage", $"{model}/explanations", $"/v1/predictions/{Uri.EscapeDataString(record.Id)}/feedback");
    }
}
