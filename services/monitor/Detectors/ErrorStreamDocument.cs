namespace Platform.Monitor.Detectors;

/// <summary>An <see cref="ErrorStream"/> as it is stored.</summary>
internal sealed record ErrorStreamDocument
{
    public string Model { get; init; } = "";

    public string Version { get; init; } = "";

    public long Rows { get; init; }

    public long Errors { get; init; }

    public IReadOnlyList<DetectorReport> Alarms { get; init; } = [];

    /// <summary>What each detector remembers, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> State { get; init; } = new Dictionary<string, IReadOnlyList<double>>();
}
