namespace Platform.Contracts.Registry;

/// <summary>Sent by the registry once a model name has been taken.</summary>
public sealed record ModelRegistered : IEvent
{
    /// <summary>The model's unique name.</summary>
    public string Model { get; init; } = "";

    /// <summary>When it was registered (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who registered it.</summary>
    public string By { get; init; } = "";
}
