using Platform.Contracts.Registry;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;

namespace Platform.Hosting.Keys;

/// <summary>The keys of the registry's last snapshot, by their digest. Readers take no lock.</summary>
internal sealed class KeyTable(TimeProvider time) : ICallerKeys
{
    private const int DigestBytes = 32;

    private static readonly Result<Caller> Unknown = AccessErrors.NotAccepted;

    private volatile Dictionary<ulong, KeyHolder>? _holders;

    public Result<Caller> Find(ReadOnlySpan<char> key)
    {
        if (_holders is not { } holders) return AccessErrors.KeysUnknown;
        Span<byte> digest = stackalloc byte[DigestBytes];
        if (!KeyFormat.TryDigest(key, digest)) return Unknown;
        if (!holders.TryGetValue(KeyHolder.IndexOf(digest), out var holder) || !holder.IsOf(digest)) return Unknown;
        var now = time.GetUtcNow();
        if (holder.IsExpired(now)) return Unknown;
        holder.Use(now);
        return holder.Caller;
    }

    /// <summary>Puts a snapshot in force. What was begun with a key that is not in it, or allows something else now, ends.</summary>
    public void Apply(KeySnapshot snapshot)
    {
        var before = _holders ?? [];
        var known = before.Values.ToDictionary(holder => holder.Caller.Id!);
        var holders = new Dictionary<ulong, KeyHolder>(snapshot.Items.Count);
        foreach (var key in snapshot.Items)
        {
            var holder = known.TryGetValue(key.Id, out var same) && same.IsSame(key) ? same : new KeyHolder(key);
            holders.TryAdd(holder.Index, holder);
        }
        _holders = holders;
        foreach (var gone in before.Values.Except(holders.Values)) gone.Dispose();
    }

    /// <summary>Ends what was begun with a key that has expired, which must not wait for the registry.</summary>
    public void EndExpired()
    {
        var now = time.GetUtcNow();
        foreach (var holder in _holders?.Values.Where(holder => holder.IsExpired(now)) ?? []) holder.End();
    }

    /// <summary>Hands uses that were not told yet to <paramref name="tell"/>, and remembers that they were once it is done.</summary>
    public async Task TellUsesAsync(Func<IReadOnlyList<KeyUse>, Task> tell)
    {
        var untold = (_holders?.Values ?? Enumerable.Empty<KeyHolder>())
            .Select(holder => (Holder: holder, Use: holder.Untold())).Where(pair => pair.Use is not null).ToList();
        if (untold.Count == 0) return;
        await tell([.. untold.Select(pair => pair.Use!)]);
        foreach (var (holder, use) in untold) holder.Told(use!);
    }
}
