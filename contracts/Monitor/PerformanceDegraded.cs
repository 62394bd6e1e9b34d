namespace Platform.Contracts.Monitor;

/// <summary>Sent by monitor when a realised metric is worse than the version's baseline allows.</summary>
public sealed record PerformanceDegraded : IEvent
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>The metric, for example accuracy.</summary>
    public string Metric { get; init; } = "";

    /// <summary>Its value in the window.</summary>
    public double Value { get; init; }

    /// <summary>Its value on the reference.</summary>
    public double Baseline { get; init; }

    /// <summary>Labelled predictions in the window.</summary>
    public long Count { get; init; }

    /// <summary>Start of the window (UTC), inclusive.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>End of the window (UTC), exclusive.</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>When it was found (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
