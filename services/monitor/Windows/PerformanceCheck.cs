using Platform.Hosting.Values;
using Platform.Monitor.Baselines;
using Platform.Monitor.Performance;
using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Windows;

/// <summary>Measures a window on its labels and compares it with the baseline.</summary>
internal static class PerformanceCheck
{
    // Thousands of windows are kept, and the matrix of a thousand classes takes megabytes.
    private const int MostClassesInMatrix = 100;

    public static PerformanceReport Run(Baseline baseline, Outcomes outcomes, PerformanceOptions options)
    {
        var losses = Losses.Of(baseline.Labels, outcomes);
        var known = baseline.Performance?.Losses;
        var pValue = known is { } good ? losses.PValueAbove(good) : double.NaN;
        var measured = losses.Count > 0 ? TaskMetrics.Measure(baseline.Labels, outcomes) : null;
        return new()
        {
            Realised = measured is null ? null : MetricSet.Show(measured, MostClassesInMatrix),
            Estimated = PerformanceEstimator.Run(baseline.Labels, baseline.Calibration, outcomes.Predictions),
            Labelled = losses.Count,
            LabelCoverage = outcomes.Predictions.Count == 0 ? null : losses.Count / (double)outcomes.Predictions.Count,
            Metric = measured is null ? null : MetricOf(baseline),
            Value = measured is null ? null : Finite.OrNull(Shown(baseline, losses)),
            Baseline = known is null ? null : Finite.OrNull(Shown(baseline, known.Value)),
            PValue = Finite.OrNull(pValue),
            Degraded = losses.Count >= options.MinLabelled && known is { } was && !double.IsNaN(pValue)
                ? pValue < options.Alpha && losses.Moments.MeanLess(was.Moments) >= Tolerated(baseline, was, options)
                : null,
        };
    }

    private static bool IsRegression(Baseline baseline) => baseline.Labels.Task == ModelTask.Regression;

    private static string MetricOf(Baseline baseline) => IsRegression(baseline) ? "mae" : "accuracy";

    private static double Shown(Baseline baseline, Losses losses) => IsRegression(baseline) ? losses.Mean : losses.ShareRight;

    private static double Tolerated(Baseline baseline, Losses known, PerformanceOptions options) =>
        IsRegression(baseline) ? options.Tolerance * known.Mean : options.Tolerance;
}
