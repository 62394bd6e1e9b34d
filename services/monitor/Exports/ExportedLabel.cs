namespace Platform.Monitor.Exports;

/// <summary>What turned out to be true of a prediction.</summary>
internal sealed record ExportedLabel
{
    /// <summary>The prediction's id, that of the row where its request had several.</summary>
    public string PredictionId { get; init; } = "";

    /// <summary>The version that answered.</summary>
    public string Version { get; init; } = "";

    /// <summary>The class by its name, or the number.</summary>
    public string Label { get; init; } = "";

    /// <summary>When it became known.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Which way it came: sent as ground truth, said beside feedback, or given in the review queue; null where that was not kept.</summary>
    public string? Source { get; init; }

    /// <summary>Who said so; null of ground truth, with which nobody's name is kept.</summary>
    public string? By { get; init; }
}
