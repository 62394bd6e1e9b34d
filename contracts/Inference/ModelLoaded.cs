namespace Platform.Contracts.Inference;

/// <summary>Sent by an inference process once a version is loaded, warmed up and serving.</summary>
public sealed record ModelLoaded : IEvent
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>SHA-256 of the file that was loaded, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The execution provider it runs on: cpu, cuda or tensorrt.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Time from the start of the load to the first request it could answer, in milliseconds.</summary>
    public double LoadMs { get; init; }

    /// <summary>When it began to serve (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
