using System.Security.Cryptography;
using Platform.Contracts.Registry;
using Platform.Hosting.Access;

namespace Platform.Hosting.Keys;

/// <summary>A key as it is met here, and who holds it.</summary>
internal sealed class KeyHolder : IDisposable
{
    private readonly KeyDescription _key;
    private readonly byte[] _digest;
    private readonly CancellationTokenSource _end = new();
    private long _lastUsed;
    private long _reported;

    public KeyHolder(KeyDescription key)
    {
        (_key, _digest) = (key, Convert.FromHexString(key.Sha256));
        Caller = Caller.Holder(key.Id, key.Name, key.Permissions, _end.Token);
    }

    public Caller Caller { get; }

    public ulong Index => IndexOf(_digest);

    /// <summary>Where a digest is looked for; whether it is the one that is found there, <see cref="IsOf"/> says.</summary>
    public static ulong IndexOf(ReadOnlySpan<byte> digest) => BitConverter.ToUInt64(digest);

    public bool IsOf(ReadOnlySpan<byte> digest) => CryptographicOperations.FixedTimeEquals(_digest, digest);

    public bool IsExpired(DateTimeOffset now) => _key.ExpiresAt <= now;

    /// <summary>Whether nothing of it has changed, so that what it has begun may go on.</summary>
    public bool IsSame(KeyDescription key) => key with { Permissions = [] } == _key with { Permissions = [] }
        && key.Permissions.Count == _key.Permissions.Count && key.Permissions.Zip(_key.Permissions).All(pair => IsSame(pair.First, pair.Second));

    /// <summary>To the second, and without a write where that is known already: many threads come by here.</summary>
    public void Use(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        if (Volatile.Read(ref _lastUsed) < second) Volatile.Write(ref _lastUsed, second);
    }

    /// <summary>The last use, if it was not told yet.</summary>
    public KeyUse? Untold() => Volatile.Read(ref _lastUsed) is var used && used > _reported
        ? new KeyUse { Id = _key.Id, LastUsedAt = DateTimeOffset.FromUnixTimeSeconds(used) }
        : null;

    public void Told(KeyUse use) => _reported = use.LastUsedAt!.Value.ToUnixTimeSeconds();

    /// <summary>Ends answers that go on.</summary>
    public void End() => _end.Cancel();

    /// <summary>Does so, too: it counts no more.</summary>
    public void Dispose()
    {
        End();
        _end.Dispose();
    }

    private static bool IsSame(PermissionGrant one, PermissionGrant other) =>
        one.Permission == other.Permission && IsSame(one.Models, other.Models) && IsSame(one.Aliases, other.Aliases);

    private static bool IsSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null ? one == other : one.SequenceEqual(other);
}
