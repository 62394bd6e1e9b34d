using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Hosting.Errors;
using Platform.Monitor.Baselines;
using Platform.Monitor.Features;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Labels;
using Platform.Monitor.Lookup;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Requests;
using Platform.Monitor.Sampling;
using Platform.Monitor.State;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Feedback;

/// <summary>Takes in what people say of predictions: stored before the caller hears of it, its label among the ground truth.</summary>
internal sealed class FeedbackTaker(LedgerKeeper keeper, BaselineCatalog baselines, LabelTaker labels, TimeProvider time)
{
    // A list of labels is named by place in messages; here is one.
    private const string OnlyLabel = "[0].";

    public async Task<Result<FeedbackAnswer>> TakeAsync(
        FoundPrediction prediction, FeedbackRequest request, string by, CancellationToken cancellationToken)
    {
        if (prediction.Record.Data.Status != PredictionStatus.Succeeded)
            return LookupErrors.NotAnswered(prediction.Record.Id, prediction.Record.Data.Status);
        if (prediction.OnlyRow is not { } row)
            return LookupErrors.RowNeeded(prediction.Record.Id, prediction.Record.Data.Rows);
        try
        {
            var baseline = await baselines.GetAsync(prediction.Version, cancellationToken);
            if (FeedbackReader.Check(request, baseline) is { } refused)
                return refused;
            var said = PredictionRows.Of(prediction.Record, baseline).ReadPrediction(row, FeatureValues.For(baseline.Prediction?.Features ?? []));
            var feedback = FeedbackOf(prediction, prediction.IdOf(row).Text, request, by);
            var label = FeedbackReader.HasLabel(request) ? request.Label : null;
            return await StoreAsync(feedback, label, ReviewItem.AnswerOf(said), cancellationToken) is { } wrong
                ? wrong
                : new FeedbackAnswer(feedback.Id, feedback.PredictionId, feedback.At);
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

    /// <summary>New feedback, to be filled in.</summary>
    public static PredictionFeedback New(DateTimeOffset now) =>
        new() { Id = string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks:d19}-{Guid.NewGuid():n}"), At = now };

    /// <summary>Stores feedback, the label as ground truth; the error where the version cannot have it.</summary>
    /// <param name="feedback">What was said.</param>
    /// <param name="label">What would have been right, as it was sent.</param>
    /// <param name="answer">What the version answered; null where that is not known.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<Error?> StoreAsync(PredictionFeedback feedback, JsonElement? label, string? answer, CancellationToken cancellationToken)
    {
        // The label first: one that the version cannot have refuses all of it, and one that is sent again changes nothing.
        if (label is { } given && await LabelAsync(feedback, given, cancellationToken) is { } wrong)
            return wrong;
        await keeper.ChangeAsync(ledger => Store(ledger, feedback, answer), cancellationToken);
        return null;
    }

    private static void Store(Ledger ledger, PredictionFeedback feedback, string? answer)
    {
        ledger.Feedback.Add(feedback);
        if (feedback is { Verdict: Verdict.Disagree, Label: null } && ledger.Outcomes.LabelOf(feedback.Model, feedback.PredictionId) is null)
            ledger.Reviews.Add(ReviewOf(feedback, answer));
    }

    private static ReviewItem ReviewOf(PredictionFeedback feedback, string? answer) => new()
    {
        PredictionId = feedback.PredictionId,
        Model = feedback.Model,
        Version = feedback.Version,
        Reason = ReviewReason.Disagreeing,
        Detail = $"{feedback.By} disagrees with the answer.",
        Answer = answer,
        At = feedback.At,
    };

    private async Task<Error?> LabelAsync(PredictionFeedback feedback, JsonElement given, CancellationToken cancellationToken)
    {
        var label = new GroundTruthItem { PredictionId = feedback.PredictionId, Label = given, At = feedback.At };
        var origin = new LabelOrigin(feedback.Source ?? LabelSource.Feedback, feedback.By);
        var taken = await labels.TakeAsync(feedback.Model, new([label]), origin, cancellationToken);
        return taken.Error is { Fields: { } fields }
            ? Problems.Invalid(fields.ToDictionary(field => field.Key.Replace(OnlyLabel, "", StringComparison.Ordinal), field => field.Value))
            : taken.Error;
    }

    private PredictionFeedback FeedbackOf(FoundPrediction prediction, string id, FeedbackRequest request, string by)
    {
        var label = FeedbackReader.HasLabel(request) && Scalar.TryRead(request.Label!.Value, out var text) ? text : null;
        return New(time.GetUtcNow()) with
        {
            PredictionId = id,
            Model = prediction.Record.Subject,
            Version = prediction.Record.Data.Version,
            Verdict = request.Verdict!,
            Label = label,
            Attributions = [.. (request.Attributions ?? []).OfType<AttributionComment>()],
            Comment = request.Comment,
            By = by,
        };
    }
}
