using Platform.Monitor.Drift;
using Platform.Monitor.Fairness;
using Platform.Monitor.Performance;
using Platform.Monitor.Quality;
using Platform.Monitor.ServiceLevels;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Windows;

/// <summary>What was found in a window of predictions of one version.</summary>
internal sealed record WindowReport
{
    /// <summary>Counts the version's windows from 1.</summary>
    public long Sequence { get; init; }

    /// <summary>When its first prediction came in (UTC).</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>Just after its last prediction came in (UTC).</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>Predictions: rows that were answered, and requests that were not.</summary>
    public int Count { get; init; }

    public required QualityReport Quality { get; init; }

    /// <summary>Of the inputs; null without a reference.</summary>
    public DriftReport? Drift { get; init; }

    /// <summary>Of the answers; null until the registry has run the reference.</summary>
    public DriftReport? Prediction { get; init; }

    /// <summary>Measured on the labels that have come in.</summary>
    public PerformanceReport? Performance { get; init; }

    /// <summary>Where the version's metadata name groups.</summary>
    public WindowFairness? Fairness { get; init; }

    public required ServiceLevelReport System { get; init; }
}
