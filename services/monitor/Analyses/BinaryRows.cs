using System.Text.Json;
using Platform.Monitor.Requests;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Analyses;

/// <summary>Rows of a two-class model: labels with predictions, with scores of the positive class, or with both.</summary>
internal static class BinaryRows
{
    public static LabelledRows Read(PerformanceRequest request, FieldErrors errors)
    {
        var labels = SampleReader.Texts(request.Labels, "labels", errors);
        var predictions = Given(request.Predictions) ? SampleReader.Texts(request.Predictions, "predictions", errors) : null;
        var scores = Given(request.Scores) ? SampleReader.Numbers(request.Scores, "scores", errors) : null;
        CheckLengths(labels.Length, predictions?.Length, scores?.Length, errors);
        var classes = BinaryClasses.Read(request, labels, predictions ?? [], errors);
        if (errors.Any)
            return LabelledRows.None;

        var kept = Enumerable.Range(0, labels.Length).Where(row => labels[row] is not null
            && (predictions is null || predictions[row] is not null)
            && (scores is null || double.IsFinite(scores[row])));
        if (classes is null)
            return new([.. kept], labels.Length, rows => MeasureOne(LabelledRows.Pick(labels, rows)!, LabelledRows.Pick(predictions!, rows)!));

        var truth = Array.ConvertAll(labels, classes.IsPositive);
        var decisions = predictions is null
            ? Array.ConvertAll(scores!, score => score >= (request.Threshold ?? 0.5))
            : Array.ConvertAll(predictions, classes.IsPositive);
        return new([.. kept], labels.Length, rows => Measure(rows, truth, decisions, scores), classes.Names);
    }

    // A single class, of which nobody knows whether it is the positive one.
    private static MetricSet MeasureOne(string[] labels, string[] predictions)
    {
        var metrics = MulticlassMetrics.OfDecisions(labels, predictions);
        return new()
        {
            Confusion = metrics.Confusion,
            ["accuracy"] = metrics["accuracy"],
            ["precision"] = double.NaN,
            ["recall"] = double.NaN,
            ["f1"] = double.NaN,
            ["balanced_accuracy"] = metrics["balanced_accuracy"],
            ["matthews"] = metrics["matthews"],
        };
    }

    private static MetricSet Measure(int[] rows, bool[] truth, bool[] decisions, double[]? scores) => scores is null
        ? BinaryMetrics.OfDecisions(LabelledRows.Pick(truth, rows), LabelledRows.Pick(decisions, rows))
        : BinaryMetrics.OfScores(LabelledRows.Pick(truth, rows), LabelledRows.Pick(scores, rows), LabelledRows.Pick(decisions, rows));

    private static bool Given(JsonElement list) => list.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    private static void CheckLengths(int labels, int? predictions, int? scores, FieldErrors errors)
    {
        if (predictions is null && scores is null)
            errors.Add("predictions", "Predictions or scores are needed.");
        if (predictions is { } p && p != labels)
            errors.Add("predictions", $"As many as labels are needed, {labels}.");
        if (scores is { } s && s != labels)
            errors.Add("scores", $"As many as labels are needed, {labels}.");
    }
}
