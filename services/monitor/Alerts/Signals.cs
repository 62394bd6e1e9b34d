using Platform.Monitor.Metrics;
using Platform.Monitor.Performance;
using Platform.Monitor.Windows;

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
    public const string Degraded = "performance.degraded";
    public const string Unfair = "fairness.unfair";
    public const string LabelCoverage = "performance.labelCoverage";

    private const string PerformancePrefix = "performance.";

    /// <summary>Every name; a rule for another one would watch nothing.</summary>
    public static readonly string[] Known =
    [
        DriftedFeatures, DriftedShare, DriftedPrediction, WorstQuality, ErrorRate, MedianLatency, TailLatency, DisparateImpact,
        ParityDifference, Degraded, LabelCoverage, .. MetricSet.Names.Select(name => PerformancePrefix + name),
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
        return signals;
    }

    /// <summary>What its labels say; nothing before there are enough of them to conclude from.</summary>
    public static Dictionary<string, double> Of(PerformanceReport performance, PerformanceOptions options)
    {
        var signals = new Dictionary<string, double>(StringComparer.Ordinal);
        if (performance.Labelled < options.MinLabelled)
            return signals;
        Add(signals, Unfair, AsNumber(report.Fairness?.Unfair));

        Add(signals, Degraded, performance.Degraded switch { true => 1, false => 0, null => null });
        Add(signals, LabelCoverage, performance.LabelCoverage);
        var realised = performance.Realised ?? new Dictionary<string, object?>();
        foreach (var (name, value) in realised)
            Add(signals, PerformancePrefix + name, value is double number && IsDefined(name, realised) ? number : null);
        return signals;
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

    private static void Add(Dictionary<string, double> signals, string name, double? value)
    {
        if (value is { } number)
            signals[name] = number;
    }
}
    private static double? AsNumber(bool? verdict) => verdict switch { true => 1, false => 0, null => null };

