namespace Platform.Contracts.Registry;

/// <summary>
/// Sent by the registry once a version's file has been stored and found loadable, or a version has been kept that has no file to serve. The
/// version does not serve yet.
/// </summary>
public sealed record ModelVersionCreated : IEvent
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number, counting from "1" within the model.</summary>
    public string Version { get; init; } = "";

    /// <summary>SHA-256 of the model file, lower-case hex; empty where the version has none that could be served.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>When it was created (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who created it.</summary>
    public string By { get; init; } = "";
}
