namespace Platform.Contracts.Registry;

/// <summary>When a service last met a key.</summary>
public sealed record KeyUse
{
    /// <summary>The key's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>When it was used last (UTC), to the second; without it nothing is told.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}
