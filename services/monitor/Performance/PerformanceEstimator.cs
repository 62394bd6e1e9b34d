using Platform.Hosting.Values;
using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Performance;

/// <summary>Estimates the performance of classifiers with scores before any label is known.</summary>
internal static class PerformanceEstimator
{
    /// <summary>The estimate; null for another task, without scores, and where more than half of the scores are no probabilities.</summary>
    public static EstimatedPerformance? Run(LabelScheme labels, ScoreCalibration calibration, IReadOnlyList<Prediction> predictions)
    {
        if (labels.Task is not (ModelTask.Binary or ModelTask.Multiclass))
            return null;

        var scored = predictions.Where(row => row.Class is not null && !double.IsNaN(row.Score)).ToArray();
        var rows = Array.FindAll(scored, row => calibration.Covers(row.Score));
        if (!Probabilities.Speak(scored.Length - rows.Length, scored.Length))
            return null;

        var chances = Array.ConvertAll(rows, row => calibration.ChanceOf(row.Score));
        return labels.Task == ModelTask.Binary ? OfTwo(labels, calibration, rows, chances) : OfSeveral(calibration, chances);
    }

    private static EstimatedPerformance OfTwo(LabelScheme labels, ScoreCalibration calibration, Prediction[] rows, double[] positive)
    {
        var decisions = Array.ConvertAll(rows, row => row.Class == labels.Positive);
        var right = positive.Select((chance, row) => decisions[row] ? chance : 1 - chance).ToArray();
        return OfSeveral(calibration, right) with
        {
            F1 = Estimate.Of(ExpectedMetrics.F1(positive, decisions), rows.Length, calibration.Rows),
            RocAuc = Estimate.Of(
                ExpectedMetrics.RocAuc(positive, Array.ConvertAll(rows, row => row.Score)), rows.Length, calibration.Rows),
        };
    }

    private static EstimatedPerformance OfSeveral(ScoreCalibration calibration, double[] right) => new()
    {
        Calibration = calibration.Method,
        CalibrationRows = calibration.Rows,
        Rows = right.Length,
        Accuracy = Estimate.Of(ExpectedMetrics.Accuracy(right), right.Length, calibration.Rows)!,
    };
}
