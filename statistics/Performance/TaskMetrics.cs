using Platform.Hosting.Values;
using Platform.Statistics.Metrics;
using Platform.Statistics.Samples;

namespace Platform.Statistics.Performance;

/// <summary>Measures predictions against their labels by the version's task.</summary>
public static class TaskMetrics
{
    /// <summary>The measures of the rows that have a label; null for a task that rows alone do not measure.</summary>
    public static MetricSet? Measure(LabelScheme labels, Outcomes outcomes)
    {
        var rows = outcomes.Labelled().ToArray();
        return labels.Task switch
        {
            ModelTask.Binary when KnowsPositive(labels, rows) => Binary(labels, rows),
            ModelTask.Binary or ModelTask.Multiclass => MulticlassMetrics.OfDecisions(
                Array.ConvertAll(rows, row => row.Label), Array.ConvertAll(rows, row => row.Prediction.Class!)),
            ModelTask.Regression => RegressionMetrics.Measure(
                Array.ConvertAll(rows, row => ExactNumber.Parse(row.Label)),
                Array.ConvertAll(rows, row => row.Prediction.Value)),
            _ => null,
        };
    }

    // Nobody has said which of "yes" and "no", or of 5 and 7, is the positive one; beside 0 or −1 it is 1.
    private static bool KnowsPositive(LabelScheme labels, (Prediction Prediction, string Label)[] rows) => labels.Classes is not null
        || Array.TrueForAll(rows, row => IsCustomary(row.Label) && IsCustomary(row.Prediction.Class!));

    private static bool IsCustomary(string name) => name is "1" or "0" or "-1";

    private static MetricSet Binary(LabelScheme labels, (Prediction Prediction, string Label)[] rows)
    {
        var truth = Array.ConvertAll(rows, row => row.Label == labels.Positive);
        var decisions = Array.ConvertAll(rows, row => row.Prediction.Class == labels.Positive);
        return Array.Exists(rows, row => double.IsNaN(row.Prediction.Score))
            ? BinaryMetrics.OfDecisions(truth, decisions)
            : BinaryMetrics.OfScores(truth, Array.ConvertAll(rows, row => row.Prediction.Score), decisions);
    }
}
