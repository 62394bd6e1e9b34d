namespace Platform.Contracts.Monitor;

/// <summary>Sent by monitor for a closed window whose data differ from the version's reference.</summary>
public sealed record DriftDetected : IEvent
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>data (inputs) or prediction (outputs).</summary>
    public string Kind { get; init; } = "data";

    /// <summary>Names of the drifted features, strongest first.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Share of tested features that drifted, 0 to 1.</summary>
    public double DriftedShare { get; init; }

    /// <summary>Predictions in the window.</summary>
    public long Count { get; init; }

    /// <summary>Start of the window (UTC), inclusive.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>End of the window (UTC), exclusive.</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>When it was detected (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
