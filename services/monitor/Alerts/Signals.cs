using Platform.Monitor.Detectors;
using Platform.Monitor.Performance;
using Platform.Monitor.Windows;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Alerts;

/// <summary>The numbers of a window that rules can ask for, by name.</summary>
internal static class Signals
{
    public const string DriftedFeatures = "drift.driftedFeatures";
    public const string DriftedShare = "drift.driftedShare";
    public const string DriftedPrediction = "prediction.driftedFeatures";
    public const string WorstQuality = "quality.worstShare";
    public const string ErrorRate = "system.errorRate";
    public const string MedianLatency = "system.p50Ms";
    public const string TailLatency = "system.p99Ms";
    public const string DisparateImpact = "fairness.disparateImpact";
    public const string ParityDifference = "fairness.statisticalParityDifference";
    public const string Unfair = "fairness.unfair";
    public const string Degraded = "performance.degraded";
    public const string LabelCoverage = "performance.labelCoverage";

    public const string EstimatedAccuracy = "performance.estimated.accuracy";
    public const string EstimatedF1 = "performance.estimated.f1";
    public const string EstimatedRocAuc = "performance.estimated.roc_auc";

    /// <summary>How many detectors say so; followed by a dot and a detector's name, whether that one does.</summary>
    public const string Changes = "performance.changes";

    private const string PerformancePrefix = "performance.";

    /// <summary>Every name; a rule for another one would watch nothing.</summary>
    public static readonly string[] Known =
    [
        DriftedFeatures, DriftedShare, DriftedPrediction, WorstQuality, ErrorRate, MedianLatency, TailLatency, DisparateImpact,
        ParityDifference, Unfair, Degraded, LabelCoverage, EstimatedAccuracy, EstimatedF1, EstimatedRocAuc,
        Changes, .. DetectorCatalogue.Ids.Select(SaysChange), .. MetricSet.Names.Select(name => PerformancePrefix + name),
    ];

    /// <summary>What a window that has closed says, performance apart; a signal that it does not give is missing.</summary>
    public static Dictionary<string, double> Of(WindowReport report)
    {
        var signals = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(signals, WorstQuality, report.Quality.WorstShare);
        Add(signals, ErrorRate, report.System.ErrorRate);
        Add(signals, DriftedFeatures, report.Drift?.DriftedFeatures);
        Add(signals, DriftedShare, report.Drift?.DriftedShare);
        Add(signals, DriftedPrediction, report.Prediction?.DriftedFeatures);
        Add(signals, MedianLatency, report.System.LatencyMs.Total.P50);
        Add(signals, TailLatency, report.System.LatencyMs.Total.P99);
        Add(signals, DisparateImpact, report.Fairness?.DisparateImpact);
        Add(signals, ParityDifference, report.Fairness?.StatisticalParityDifference);
        Add(signals, Unfair, AsNumber(report.Fairness?.Unfair));
        return signals;
    }

    /// <summary>What its scores and its labels say; nothing before there are enough of either to conclude from.</summary>
    public static Dictionary<string, double> Of(PerformanceReport performance, PerformanceOptions options)
    {
        var signals = new Dictionary<string, double>(StringComparer.Ordinal);
        if (performance.Estimated is { } estimated && estimated.Rows >= options.MinLabelled)
        {
            Add(signals, EstimatedAccuracy, estimated.Accuracy.Value);
            Add(signals, EstimatedF1, estimated.F1?.Value);
            Add(signals, EstimatedRocAuc, estimated.RocAuc?.Value);
        }

        if (performance.Labelled > 0)
            AddChanges(signals, performance.Changes);
        if (performance.Labelled >= options.MinLabelled)
            AddRealised(signals, performance);
        return signals;
    }

    // Detectors know of themselves when there are enough.
    private static void AddChanges(Dictionary<string, double> signals, IReadOnlyList<string> changes)
    {
        signals[Changes] = changes.Count;
        foreach (var id in DetectorCatalogue.Ids)
            signals[SaysChange(id)] = changes.Contains(id) ? 1 : 0;
    }

    private static string SaysChange(string detector) => $"{Changes}.{detector}";

    private static void AddRealised(Dictionary<string, double> signals, PerformanceReport performance)
    {
        Add(signals, Degraded, AsNumber(performance.Degraded));
        Add(signals, LabelCoverage, performance.LabelCoverage);
        var realised = performance.Realised ?? new Dictionary<string, object?>();
        foreach (var (name, value) in realised)
            Add(signals, PerformancePrefix + name, value is double number && IsDefined(name, realised) ? number : null);
    }

    // Of two classes a ratio of nothing is shown as 0, as scikit-learn has it; but no recall without a positive row is a bad one.
    private static bool IsDefined(string name, IReadOnlyDictionary<string, object?> realised)
    {
        if (realised.GetValueOrDefault("confusion") is not (long[][] and [[var tn, var fp], [var fn, var tp]]))
            return true;
        return name switch
        {
            "precision" => tp + fp > 0,
            "recall" => tp + fn > 0,
            "f1" => tp + fp + fn > 0,
            "matthews" => tp + fp > 0 && tp + fn > 0 && tn + fp > 0 && tn + fn > 0,
            _ => true,
        };
    }

    private static double? AsNumber(bool? verdict) => verdict switch { true => 1, false => 0, null => null };

    private static void Add(Dictionary<string, double> signals, string name, double? value)
    {
        if (value is { } number)
            signals[name] = number;
    }
}
