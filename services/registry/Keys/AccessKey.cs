using Platform.Contracts.Registry;

namespace Platform.Registry.Keys;

/// <summary>A key as it is stored: everything but the key.</summary>
internal sealed record AccessKey
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256 of the key, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public required IReadOnlyList<PermissionGrant> Permissions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>What services know of it.</summary>
    public KeyDescription Describe() => new() { Id = Id, Name = Name, Sha256 = Sha256, Permissions = Permissions, ExpiresAt = ExpiresAt };
}
