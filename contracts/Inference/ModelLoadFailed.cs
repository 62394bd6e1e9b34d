namespace Platform.Contracts.Inference;

/// <summary>Sent by an inference process that could not load a version; what served before keeps serving.</summary>
public sealed record ModelLoadFailed : IEvent
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Why, for a person.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it failed (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
