using Microsoft.Extensions.Options;
using Platform.Hosting.Values;
using Platform.Monitor.Features;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.State;
using Platform.Monitor.Windows;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Sampling;

/// <summary>
/// Chooses rows that people should label: those unlike the reference, those that the version is uncertain of, and some by chance. The choice
/// follows from the log and the ledger alone, so that reading the log again chooses the same.
/// </summary>
internal sealed class ReviewSampler(IOptions<ReviewOptions> options)
{
    private const double Half = 0.5;

    /// <summary>Offers the rows of a batch of the log.</summary>
    public void Offer(Ledger ledger, IReadOnlyList<PredictionRows> predictions)
    {
        foreach (var prediction in predictions)
        {
            for (var row = 0; prediction.IsAnswered && row < prediction.Logged.Rows; row++)
                Offer(ledger, prediction, row);
        }
    }

    private void Offer(Ledger ledger, PredictionRows prediction, int row)
    {
        var (model, id) = (prediction.Logged.Model, prediction.Logged.RowId(row).Text);
        var (looked, chance) = RowHash.Of(model, id);
        // One that has a label waits no more: it may be read again after a restart.
        if (looked >= options.Value.Share || ledger.Outcomes.LabelOf(model, id) is not null)
            return;

        var said = prediction.ReadPrediction(row, FeatureValues.For(prediction.Baseline.Prediction?.Features ?? []));
        if (Why(ledger, prediction, row, said, chance) is not var (reason, detail))
            return;
        ledger.Reviews.Add(new()
        {
            PredictionId = id,
            Model = model,
            Version = prediction.Logged.Version,
            Reason = reason,
            Detail = detail,
            Answer = ReviewItem.AnswerOf(said),
            At = prediction.Logged.Time,
        });
    }

    private (string Reason, string Detail)? Why(Ledger ledger, PredictionRows prediction, int row, Prediction said, double chance)
    {
        if (HasRoom(ReviewReason.Anomalous) && AnomalyOf(prediction, row) is { } anomaly)
            return (ReviewReason.Anomalous, anomaly);
        if (HasRoom(ReviewReason.Uncertain) && UncertaintyOf(prediction.Baseline.Labels, prediction.Baseline.Description.Metadata.Threshold, said) is { } uncertainty)
            return (ReviewReason.Uncertain, uncertainty);
        return chance < options.Value.RandomShare && HasRoom(ReviewReason.Random) ? (ReviewReason.Random, "Chosen by chance.") : null;

        bool HasRoom(string reason) => ledger.Reviews.HasRoom(prediction.Logged.Model, reason, prediction.Logged.Time);
    }

    private static string? AnomalyOf(PredictionRows prediction, int row)
    {
        if (prediction.Baseline.Rows == 0 || prediction.IsSampled)
            return null;
        var values = FeatureValues.For(prediction.Baseline.Features.Select(feature => feature.Feature));
        prediction.ReadInputs(row, values);
        return Anomaly.Of(prediction.Baseline.Features, values);
    }

    // Of two classes the score is the positive one's, of several the highest.
    private string? UncertaintyOf(LabelScheme labels, double? threshold, Prediction said)
    {
        if (said.Class is null || double.IsNaN(said.Score))
            return null;
        if (labels.Task == ModelTask.Multiclass)
            return said.Score < Half ? $"'{said.Class}' has the highest score, {Rounded(said.Score)}, which is below a half." : null;
        var limit = threshold ?? Half;
        return Math.Abs(said.Score - limit) < options.Value.Margin
            ? $"The score of '{labels.Positive}' is {Rounded(said.Score)}, near the threshold of {ScalarText.Of(limit)}."
            : null;
    }

    private static string Rounded(double score) => ScalarText.Of(Math.Round(score, 3));
}
