using Platform.Monitor.Alerts;
using Platform.Monitor.Performance;
using Platform.Monitor.Predictions;
using Platform.Monitor.Windows;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Tests.Performance;

/// <summary>Every run is seeded, so each has always the same result.</summary>
public sealed class PerformanceEstimatorTests
{
    private static readonly LabelScheme Two = new(new() { Task = "binary_classification", Classes = ["no", "yes"] });
    private static readonly LabelScheme Three = new(new() { Task = "multiclass_classification", Classes = ["a", "b", "c"] });

    [Fact]
    public void The_realised_accuracy_lies_within_two_errors_in_95_windows_of_100()
    {
        var random = new Random(4);
        var within = 0;
        for (var run = 0; run < 400; run++)
        {
            // A model that is far too sure of itself; its calibration is learned anew each time.
            var calibration = ScoreCalibration.Of(Two, Draw(random, 600));
            var window = Draw(random, 300);
            var estimated = PerformanceEstimator.Run(Two, calibration, window.Predictions)!.Accuracy;
            within += Math.Abs(Accuracy(window) - estimated.Value) <= 1.96 * estimated.SamplingError ? 1 : 0;
        }

        Assert.InRange(within, 366, 394); // 380 ± 3.2 binomial deviations
    }

    [Fact]
    public void Calibrated_on_the_reference_scores_that_are_too_sure_of_themselves_are_seen_through()
    {
        var random = new Random(5);
        var calibrated = ScoreCalibration.Of(Two, Draw(random, 5_000));
        var plain = ScoreCalibration.Of(Two, new([], []));
        var window = Draw(random, 5_000);

        var estimated = PerformanceEstimator.Run(Two, calibrated, window.Predictions)!;
        var believed = PerformanceEstimator.Run(Two, plain, window.Predictions)!;

        Assert.Equal(("isotonic", 5_000), (estimated.Calibration, estimated.CalibrationRows));
        Assert.Equal(("none", 0), (believed.Calibration, believed.CalibrationRows));
        Assert.Equal(Accuracy(window), estimated.Accuracy.Value, 0.03);
        Assert.True(believed.Accuracy.Value > Accuracy(window) + 0.08);
    }

    [Fact]
    public void Of_several_classes_the_accuracy_alone_is_estimated()
    {
        var estimated = PerformanceEstimator.Run(
            Three, ScoreCalibration.Of(Three, new([], [])), [Prediction.Of("a", 0.8), Prediction.Of("c", 0.6), Prediction.None])!;

        Assert.Equal(2, estimated.Rows);
        Assert.Equal(0.7, estimated.Accuracy.Value, 12);
        Assert.Equal(Math.Sqrt(0.8 * 0.2 + 0.6 * 0.4) / 2, estimated.Accuracy.SamplingError, 12);
        Assert.Null(estimated.F1);
        Assert.Null(estimated.RocAuc);
    }

    [Fact]
    public void Without_probabilities_nothing_is_estimated()
    {
        var plain = ScoreCalibration.Of(Two, new([], []));

        Assert.Null(PerformanceEstimator.Run(Two, plain, []));
        Assert.Null(PerformanceEstimator.Run(Two, plain, [Prediction.Of("yes")]));
        Assert.Null(PerformanceEstimator.Run(Two, plain, [Prediction.Of("yes", 3.7), Prediction.Of("no", -2.1)]));
        Assert.Null(PerformanceEstimator.Run(new(new() { Task = "regression" }), plain, [Prediction.Of(1.5)]));
    }

    [Fact]
    public void Logits_are_probabilities_once_they_are_calibrated()
    {
        var random = new Random(6);
        Prediction[] logits = [.. Enumerable.Range(0, 1_000).Select(_ => random.NextDouble() * 8 - 4).Select(x => Prediction.Of(x > 0 ? "yes" : "no", x))];
        string[] labels = [.. logits.Select(row => random.NextDouble() < 1 / (1 + Math.Exp(-row.Score)) ? "yes" : "no")];

        var estimated = PerformanceEstimator.Run(Two, ScoreCalibration.Of(Two, new(logits, labels)), logits)!;

        Assert.Equal(Accuracy(new(logits, labels)), estimated.Accuracy.Value, 0.02);
    }

    [Fact]
    public void Rules_can_ask_for_estimates_of_rows_enough()
    {
        var estimated = PerformanceEstimator.Run(Two, ScoreCalibration.Of(Two, new([], [])), Draw(new(7), 40).Predictions)!;

        var signals = WindowSignals.Of(new PerformanceReport { Estimated = estimated }, new());

        Assert.Equal(estimated.Accuracy.Value, signals[Signals.EstimatedAccuracy]);
        Assert.Equal(estimated.F1!.Value, signals[Signals.EstimatedF1]);
        Assert.Equal(estimated.RocAuc!.Value, signals[Signals.EstimatedRocAuc]);
        Assert.Empty(WindowSignals.Of(new PerformanceReport { Estimated = estimated with { Rows = 29 } }, new()));
    }

    // Scores of 0 to 1; what they say beyond a half is true by half only.
    private static Outcomes Draw(Random random, int rows)
    {
        double[] scores = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
        return new(
            [.. scores.Select(score => Prediction.Of(score >= 0.5 ? "yes" : "no", score))],
            [.. scores.Select(score => random.NextDouble() < 0.5 + (score - 0.5) / 2 ? "yes" : "no")]);
    }

    private static double Accuracy(Outcomes window) =>
        window.Labelled().Count(row => row.Prediction.Class == row.Label) / (double)window.Predictions.Count;
}
