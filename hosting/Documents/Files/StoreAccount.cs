using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// What a store's files hold after a checkpoint (<c>account.json</c>), so that one that is gone, or an older one in its place, is missed.
/// </summary>
/// <param name="LastSequence">Sequence number of the last event.</param>
/// <param name="Journal">Number of the first journal file that goes on from there.</param>
/// <param name="Collections">What each collection holds.</param>
internal sealed record StoreAccount(long LastSequence, long Journal, IReadOnlyDictionary<string, CollectionTotal> Collections)
{
    private const string Name = "account.json";

    public static StoreAccount Of(StoreState state, long journal) =>
        new(state.LastSequence, journal, state.Collections.ToDictionary(collection => collection.Key, collection => collection.Value.Total));

    public void Save(string folder, DurableFiles files)
    {
        files.Replace(Path.Combine(folder, Name), Seal.Line(Name, JsonSerializer.SerializeToUtf8Bytes(this, PlatformJson.Tolerant)));
        files.SyncFolder(folder);
    }

    /// <summary>The last one; null when there is none, and when it is damaged, which is told.</summary>
    public static StoreAccount? Read(string folder, StoreDamage damage)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return null;
        var content = File.ReadAllBytes(path);
        var json = content is [.. var line, (byte)'\n'] ? Seal.Open(Name, line) : [];
        if (json.IsEmpty) damage.Found(Name, "its checksum is wrong", content);
        return json.IsEmpty ? null : JsonSerializer.Deserialize<StoreAccount>(json, PlatformJson.Tolerant);
    }
}

/// <summary>What a collection holds.</summary>
/// <param name="Count">How many documents.</param>
/// <param name="Sum">Exclusive or of a hash of each document's id and revision.</param>
internal readonly record struct CollectionTotal(int Count, long Sum)
{
    public CollectionTotal With(string id, long revision) => new(Count + 1, Sum ^ SumOf(id, revision));

    public CollectionTotal Without(string id, long revision) => new(Count - 1, Sum ^ SumOf(id, revision));

    private static long SumOf(string id, long revision) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{revision} {id}"))));
}
