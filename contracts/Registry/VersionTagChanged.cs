namespace Platform.Contracts.Registry;

/// <summary>Sent by the registry after a tag of a version was set or removed.</summary>
public sealed record VersionTagChanged : IEvent
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>The tag's name.</summary>
    public string Key { get; init; } = "";

    /// <summary>Its value; null when it was removed.</summary>
    public string? Value { get; init; }

    /// <summary>When it changed (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who changed it.</summary>
    public string By { get; init; } = "";
}
