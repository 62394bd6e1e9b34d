using System.Text.Json;

namespace Platform.Analytics;

/// <summary>What has been counted, and up to where: one file, replaced as a whole. A database does the same in one transaction.</summary>
internal sealed class Tally
{
    /// <summary>By model, version and status.</summary>
    public SortedDictionary<string, long> Counts { get; init; } = [];

    /// <summary>By partition, the next offset to read.</summary>
    public Dictionary<int, long> Next { get; init; } = [];

    /// <summary>By partition and spool, the last sequence seen.</summary>
    public Dictionary<string, string> Seen { get; init; } = [];

    public static Tally Load(string file) => File.Exists(file) ? JsonSerializer.Deserialize<Tally>(File.ReadAllText(file))! : new Tally();

    public long? NextOf(int partition) => Next.TryGetValue(partition, out var next) ? next : null;

    public void Take(int partition, long offset, JsonElement record)
    {
        Next[partition] = offset + 1;
        if (!IsNew(partition, record)) return;
        var data = record.GetProperty("data");
        var key = $"{record.GetProperty("subject")} {data.GetProperty("version")} {data.GetProperty("status")}";
        Counts[key] = Counts.GetValueOrDefault(key) + 1;
    }

    public void Save(string file)
    {
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(this));
        File.Move(file + ".new", file, overwrite: true);
    }

    public override string ToString() => string.Join("; ", Counts.Select(count => $"{count.Key} {count.Value}"));

    /// <summary>A record may have been sent twice: then its sequence, digits that sort as text, is not above the last one of its spool.</summary>
    private bool IsNew(int partition, JsonElement record)
    {
        var key = $"{partition}/{record.GetProperty("spool")}";
        var sequence = record.GetProperty("sequence").GetString()!;
        if (Seen.TryGetValue(key, out var last) && string.CompareOrdinal(sequence, last) <= 0) return false;
        Seen[key] = sequence;
        return true;
    }
}
