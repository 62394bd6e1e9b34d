using Platform.Monitor.Alerts;
using Platform.Monitor.Detectors;
using Platform.Monitor.Fairness;
using Platform.Monitor.Performance;

namespace Platform.Monitor.Windows;

/// <summary>The numbers of a window that rules can ask for.</summary>
internal static class WindowSignals
{
    /// <summary>What a window that has closed says, performance apart; a signal that it does not give is missing.</summary>
    public static Dictionary<string, double> Of(WindowReport report)
    {
        var signals = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(signals, Signals.WorstQuality, report.Quality.WorstShare);
        Add(signals, Signals.ErrorRate, report.System.ErrorRate);
        Add(signals, Signals.DriftedFeatures, report.Drift?.DriftedFeatures);
        Add(signals, Signals.DriftedShare, report.Drift?.DriftedShare);
        Add(signals, Signals.DriftedPrediction, report.Prediction?.DriftedFeatures);
        Add(signals, Signals.MedianLatency, report.System.LatencyMs.Total.P50);
        Add(signals, Signals.TailLatency, report.System.LatencyMs.Total.P99);
        Add(signals, Signals.DisparateImpact, report.Fairness?.DisparateImpact);
        Add(signals, Signals.ParityDifference, report.Fairness?.StatisticalParityDifference);
        AddGroups(signals, report.Fairness);
        return signals;
    }

    private static void AddGroups(Dictionary<string, double> signals, WindowFairness? fairness)
    {
        Add(signals, Signals.Unfair, AsNumber(fairness?.Unfair));
        Add(signals, Signals.UnfairGroups, fairness is { Unfair: not null } ? fairness.Unfairly().Length : null);
        Add(signals, Signals.LowestImpact, fairness?.Attributes.SelectMany(set => set.Groups).Min(group => group.DisparateImpact));
    }

    /// <summary>What its scores and its labels say; nothing before there are enough of either to conclude from.</summary>
    public static Dictionary<string, double> Of(PerformanceReport performance, PerformanceOptions options)
    {
        var signals = new Dictionary<string, double>(StringComparer.Ordinal);
        if (performance.Estimated is { } estimated && estimated.Rows >= options.MinLabelled)
        {
            Add(signals, Signals.EstimatedAccuracy, estimated.Accuracy.Value);
            Add(signals, Signals.EstimatedF1, estimated.F1?.Value);
            Add(signals, Signals.EstimatedRocAuc, estimated.RocAuc?.Value);
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
        signals[Signals.Changes] = changes.Count;
        foreach (var id in DetectorCatalogue.Ids)
            signals[Signals.SaysChange(id)] = changes.Contains(id) ? 1 : 0;
    }

    private static void AddRealised(Dictionary<string, double> signals, PerformanceReport performance)
    {
        Add(signals, Signals.Degraded, AsNumber(performance.Degraded));
        Add(signals, Signals.LabelCoverage, performance.LabelCoverage);
        var realised = performance.Realised ?? new Dictionary<string, object?>();
        foreach (var (name, value) in realised)
            Add(signals, Signals.Realised(name), value is double number && IsDefined(name, realised) ? number : null);
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
