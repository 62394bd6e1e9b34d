using System.Globalization;
using Platform.Hosting.Errors;
using Platform.Monitor.Baselines;
using Platform.Monitor.Labels;
using Platform.Monitor.Lookup;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Requests;
using Platform.Monitor.State;

namespace Platform.Monitor.Feedback;

/// <summary>Takes in what people say of predictions: stored before the caller hears of it, its label among the ground truth.</summary>
internal sealed class FeedbackTaker(LedgerKeeper keeper, BaselineCatalog baselines, LabelTaker labels, TimeProvider time)
{
    // A list of labels is named by place in messages; here is one.
    private const string OnlyLabel = "[0].";

    public async Task<Result<FeedbackAnswer>> TakeAsync(
        FoundPrediction prediction, FeedbackRequest request, string by, CancellationToken cancellationToken)
    {
        if (prediction.OnlyRow is not { } row)
            return LookupErrors.RowNeeded(prediction.Record.Id, prediction.Record.Data.Rows);
        if (await CheckAsync(prediction, request, cancellationToken) is { } refused)
            return refused;

        var feedback = FeedbackOf(prediction, prediction.IdOf(row).Text, request, by);
        // The label first: one that the version cannot have refuses all of it, and one that is sent again changes nothing.
        if (FeedbackReader.HasLabel(request) && await LabelAsync(feedback, request, cancellationToken) is { } wrong)
            return wrong;
        await keeper.ChangeAsync(ledger => ledger.Feedback.Add(feedback), cancellationToken);
        return new FeedbackAnswer(feedback.Id, feedback.PredictionId, feedback.At);
    }

    private async Task<Error?> CheckAsync(FoundPrediction prediction, FeedbackRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return FeedbackReader.Check(request, await baselines.GetAsync(prediction.Version, cancellationToken));
        }
        catch (HttpRequestException)
        {
            return MonitoringErrors.RegistryAway;
        }
    }

    private async Task<Error?> LabelAsync(PredictionFeedback feedback, FeedbackRequest request, CancellationToken cancellationToken)
    {
        var label = new GroundTruthItem { PredictionId = feedback.PredictionId, Label = request.Label!.Value, At = feedback.At };
        var taken = await labels.TakeAsync(feedback.Model, new([label]), cancellationToken);
        return taken.Error is { Fields: { } fields }
            ? Problems.Invalid(fields.ToDictionary(field => field.Key.Replace(OnlyLabel, "", StringComparison.Ordinal), field => field.Value))
            : taken.Error;
    }

    private PredictionFeedback FeedbackOf(FoundPrediction prediction, string id, FeedbackRequest request, string by)
    {
        var now = time.GetUtcNow();
        var label = FeedbackReader.HasLabel(request) && Scalar.TryRead(request.Label!.Value, out var text) ? text : null;
        return new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks:d19}-{Guid.NewGuid():n}"),
            PredictionId = id,
            Model = prediction.Record.Subject,
            Version = prediction.Record.Data.Version,
            Verdict = request.Verdict!,
            Label = label,
            Attributions = [.. (request.Attributions ?? []).OfType<AttributionComment>()],
            Comment = request.Comment,
            By = by,
            At = now,
        };
    }
}
