using Platform.Hosting.OpenApi;

namespace Platform.Monitor.Detectors;

/// <summary>What the detectors have made of a version's labelled predictions, in the order in which their labels came in.</summary>
internal sealed record ErrorStreamReport
{
    /// <summary>Labelled predictions since the version was first seen, each with its first label.</summary>
    public long Rows { get; init; }

    /// <summary>The share of errors among them; null without one.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>Detector by detector.</summary>
    public required IReadOnlyList<DetectorReport> Detectors { get; init; }
}

/// <summary>What one detector has found.</summary>
internal sealed record DetectorReport
{
    /// <summary>The detector's name.</summary>
    [OneOf(typeof(DetectorCatalogue), nameof(DetectorCatalogue.Ids))]
    public required string Name { get; init; }

    /// <summary>How often it has said that errors have become more frequent.</summary>
    public long Alarms { get; init; }

    /// <summary>When the label was given that it said so at last (UTC); null before the first time.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Which labelled prediction that was, counted from 1; null before the first time.</summary>
    public long? LastRow { get; init; }
}
