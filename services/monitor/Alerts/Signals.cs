using Platform.Monitor.Detectors;
using Platform.Monitor.Performance;
using Platform.Monitor.Windows;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Alerts;

/// <summary>Names of the numbers of a window that rules can ask for.</summary>
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

    /// <summary>How many groups are treated unfairly.</summary>
    public const string UnfairGroups = "fairness.unfairGroups";

    /// <summary>The disparate impact of the group that is worst off.</summary>
    public const string LowestImpact = "fairness.lowestDisparateImpact";

    public const string Degraded = "performance.degraded";
    public const string LabelCoverage = "performance.labelCoverage";

    public const string EstimatedAccuracy = "performance.estimated.accuracy";
    public const string EstimatedF1 = "performance.estimated.f1";
    public const string EstimatedRocAuc = "performance.estimated.roc_auc";

    /// <summary>How many detectors say so; followed by a dot and a detector's name, whether that one does.</summary>
    public const string Changes = "performance.changes";

    /// <summary>Every name; a rule for another one would watch nothing.</summary>
    public static readonly string[] Known =
    [
        DriftedFeatures, DriftedShare, DriftedPrediction, WorstQuality, ErrorRate, MedianLatency, TailLatency, DisparateImpact,
        ParityDifference, Unfair, UnfairGroups, LowestImpact, Degraded, LabelCoverage, EstimatedAccuracy, EstimatedF1, EstimatedRocAuc,
        Changes, .. DetectorCatalogue.Ids.Select(SaysChange), .. MetricSet.Names.Select(Realised),
    ];

    /// <summary>Whether one detector says that something has changed.</summary>
    public static string SaysChange(string detector) => $"{Changes}.{detector}";

    /// <summary>A metric measured on labels.</summary>
    public static string Realised(string metric) => $"performance.{metric}";
}
