namespace Platform.Contracts.Registry;

/// <summary>Sent by the registry after a key was made or revoked. It tells services to read the keys again; the key itself is not in it.</summary>
public sealed record KeysChanged : IEvent
{
    /// <summary>The key's id.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>The key's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>created or revoked; other values may come.</summary>
    public string Change { get; init; } = "";

    /// <summary>When it changed (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who changed it.</summary>
    public string By { get; init; } = "";
}
