namespace Platform.Contracts.Registry;

/// <summary>What a service knows of a key: enough to recognise it, not enough to use it.</summary>
public sealed record KeyDescription
{
    /// <summary>The key's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Whose it is: the actor in history, events and logs.</summary>
    public string Name { get; init; } = "";

    /// <summary>SHA-256 of the key, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>What it allows.</summary>
    public IReadOnlyList<PermissionGrant> Permissions { get; init; } = [];

    /// <summary>When it ends (UTC); never when absent.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
