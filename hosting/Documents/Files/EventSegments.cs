using System.Collections.Immutable;
using System.Text.Json;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// Saved events, <see cref="Size"/> to a file of JSON lines that is named by its first sequence number. The last file is
/// replaced as a whole until it is full, so that none is ever half written.
/// </summary>
internal sealed class EventSegments(string folder, DurableFiles files)
{
    public const int Size = 256;

    public string Folder => folder;

    /// <summary>The first sequence number of the segment that <paramref name="sequence"/> belongs to.</summary>
    public static long FirstOf(long sequence) => ((sequence - 1) / Size * Size) + 1;

    /// <summary>Writes the segments that hold events after <paramref name="savedSequence"/>.</summary>
    public void Save(StoreState state, long savedSequence)
    {
        for (var first = FirstOf(savedSequence + 1); first <= state.LastSequence; first += Size)
        {
            var events = state.RecentEvents.Skip((int)(first - state.FirstRecent)).Take(Size);
            files.Replace(PathOf(first), JsonLines.Write(events));
        }
    }

    /// <summary>The events of the last segment, the ones that a store keeps in memory.</summary>
    public ImmutableList<StoredEvent> ReadLast()
    {
        var last = Directory.EnumerateFiles(folder, "*.jsonl").Max(StringComparer.Ordinal);
        return last is null ? [] : [.. JsonLines.Read<StoredEvent>(last)];
    }

    /// <summary>Up to <paramref name="limit"/> saved events from <paramref name="first"/> on, before <paramref name="end"/>.</summary>
    public IEnumerable<StoredEvent> Read(long first, long end, int limit)
    {
        return Segments().SelectMany(segment => JsonLines.Read<StoredEvent>(PathOf(segment)))
            .SkipWhile(stored => stored.Sequence < first).Take((int)Math.Min(limit, end - first));

        IEnumerable<long> Segments()
        {
            for (var segment = FirstOf(first); segment < end; segment += Size) yield return segment;
        }
    }

    private string PathOf(long firstSequence) => Path.Combine(folder, $"{firstSequence:d19}.jsonl");
}

/// <summary>JSON lines in the platform's dialect.</summary>
internal static class JsonLines
{
    private static ReadOnlySpan<byte> NewLine => "\n"u8;

    public static ReadOnlyMemory<byte> Write<T>(IEnumerable<T> items)
    {
        using var lines = new MemoryStream();
        foreach (var item in items)
        {
            JsonSerializer.Serialize(lines, item, PlatformJson.Tolerant);
            lines.Write(NewLine);
        }
        return lines.ToArray();
    }

    public static IEnumerable<T> Read<T>(string path) =>
        File.ReadLines(path).Select(line => JsonSerializer.Deserialize<T>(line, PlatformJson.Tolerant)!);
}
