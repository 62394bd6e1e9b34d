using Platform.Contracts.Registry;

namespace Platform.Registry.Keys;

/// <summary>A key as the HTTP API describes it, without the key.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Whose it is: the actor in history, events and logs.</param>
/// <param name="Permissions">What it allows.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="ExpiresAt">When it ends (UTC); never when null.</param>
/// <param name="LastUsedAt">When it was used last (UTC), as far as the services have told, which they do every few seconds; null when it never was.</param>
internal sealed record KeyView(string Id, string Name, IReadOnlyList<PermissionGrant> Permissions, DateTimeOffset CreatedAt,
    string CreatedBy, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public static KeyView Of(AccessKey key, DateTimeOffset? lastUsedAt) =>
        new(key.Id, key.Name, key.Permissions, key.CreatedAt, key.CreatedBy, key.ExpiresAt, lastUsedAt);
}

/// <summary>A key that was just made, with the key itself, which nobody can read again.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Key">The key.</param>
/// <param name="Permissions">What it allows.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
/// <param name="ExpiresAt">When it ends (UTC); never when null.</param>
internal sealed record CreatedKey(string Id, string Name, string Key, IReadOnlyList<PermissionGrant> Permissions,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
