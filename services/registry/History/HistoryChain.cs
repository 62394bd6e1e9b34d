using System.Security.Cryptography;
using System.Text.Json;
using Platform.Hosting;

namespace Platform.Registry.History;

/// <summary>
/// Ties each entry of a model's history to the one before by its hash, so that no entry can be changed, left out or put in between without all
/// that follow showing it.
/// </summary>
internal static class HistoryChain
{
    private const string HashMember = "hash";

    /// <summary>What stands for the hash of an entry before the first one.</summary>
    public static string Start { get; } = new('0', 64);

    /// <summary>The entry with its place in the chain.</summary>
    /// <param name="entry">An entry that is complete but for its hashes.</param>
    /// <param name="previous">The hash of the entry before; null where that has none.</param>
    public static HistoryEntry Seal(HistoryEntry entry, string? previous)
    {
        var tied = entry with { PreviousHash = previous ?? Start, Hash = null };
        return tied with { Hash = HashOf(JsonSerializer.SerializeToElement(tied, PlatformJson.Tolerant)) };
    }

    /// <summary>The hash that an entry must have, of all that is stored of it.</summary>
    public static string HashOf(JsonElement stored) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Write(stored, HashMember)));
}
