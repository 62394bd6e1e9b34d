using Platform.Monitor.Requests;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Analyses;

/// <summary>Rows of a model that predicts a number.</summary>
internal static class RegressionRows
{
    public static LabelledRows Read(PerformanceRequest request, FieldErrors errors)
    {
        var labels = SampleReader.ExactNumbers(request.Labels, "labels", errors);
        var predictions = SampleReader.ExactNumbers(request.Predictions, "predictions", errors);
        if (labels.Length != predictions.Length)
            errors.Add("predictions", $"As many as labels are needed, {labels.Length}.");
        if (errors.Any)
            return LabelledRows.None;

        var kept = Enumerable.Range(0, labels.Length).Where(row => labels[row].IsFinite && predictions[row].IsFinite);
        return new([.. kept], labels.Length, rows =>
            RegressionMetrics.Measure(LabelledRows.Pick(labels, rows), LabelledRows.Pick(predictions, rows)));
    }
}
