namespace Platform.Contracts.Registry;

/// <summary>Sent by the registry after an alias was set or removed by hand, without a promotion.</summary>
public sealed record AliasChanged : IEvent
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The alias.</summary>
    public string Alias { get; init; } = "";

    /// <summary>The version it now names; null when the alias was removed.</summary>
    public string? Version { get; init; }

    /// <summary>When it changed (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who changed it.</summary>
    public string By { get; init; } = "";
}
