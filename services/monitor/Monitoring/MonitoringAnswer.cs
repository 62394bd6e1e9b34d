using Platform.Monitor.Detectors;
using Platform.Monitor.Fairness;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Monitoring;

/// <summary>What has been found about a version.</summary>
internal sealed record MonitoringAnswer
{
    public required string Model { get; init; }

    public required string Version { get; init; }

    /// <summary>What its windows are compared with.</summary>
    public required BaselineReport Baseline { get; init; }

    /// <summary>Closed windows, the oldest first.</summary>
    public required IReadOnlyList<WindowReport> Windows { get; init; }

    /// <summary>Whether groups fare better or worse over these windows; null where none were compared.</summary>
    public FairnessTrend? FairnessTrend { get; init; }

    /// <summary>What detectors say of its labelled predictions; null before the first label.</summary>
    public ErrorStreamReport? Errors { get; init; }

    /// <summary>The window that is filling; null without traffic since the last one closed.</summary>
    public OpenWindowReport? Open { get; init; }

    /// <summary>Pass as <c>after</c> for the windows before these; null where there are none.</summary>
    public string? Next { get; init; }
}

/// <summary>The window that is filling.</summary>
/// <param name="From">When its first prediction came in (UTC).</param>
/// <param name="Count">Predictions so far.</param>
internal sealed record OpenWindowReport(DateTimeOffset From, int Count);
