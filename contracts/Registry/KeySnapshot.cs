namespace Platform.Contracts.Registry;

/// <summary>The answer of <c>GET /v1/keys/snapshot</c>: every key that is neither revoked nor expired, for the services that check them.</summary>
public sealed record KeySnapshot
{
    /// <summary>The keys, by id.</summary>
    public IReadOnlyList<KeyDescription> Items { get; init; } = [];
}
