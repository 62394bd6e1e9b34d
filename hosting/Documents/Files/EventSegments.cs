using System.Collections.Immutable;
using System.Text.Json;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// Saved events, <see cref="Size"/> to a file of sealed lines that is named by its first sequence number. The last file is replaced as a
/// whole until it is full, so that none is ever half written. In the place of an event that cannot be read stands one that says so.
/// </summary>
internal sealed class EventSegments(string folder, DurableFiles files, StoreDamage damage)
{
    public const int Size = 256;

    public string Folder => folder;

    /// <summary>The first sequence number of the segment that <paramref name="sequence"/> belongs to.</summary>
    public static long FirstOf(long sequence) => ((sequence - 1) / Size * Size) + 1;

    /// <summary>Writes the segments that hold events after <paramref name="savedSequence"/>.</summary>
    public void Save(StoreState state, long savedSequence)
    {
        for (var first = FirstOf(savedSequence + 1); first <= state.LastSequence; first += Size)
            Write(first, state.RecentEvents.Skip((int)(first - state.FirstRecent)).Take(Size));
    }

    /// <summary>
    /// The events of the last segment, the ones that a store keeps in memory, up to <paramref name="known"/> or behind it; and whether each
    /// of them is there.
    /// </summary>
    public (ImmutableList<StoredEvent> Events, bool AreWhole) ReadLast(long known)
    {
        var segment = Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.jsonl").Max(StringComparer.Ordinal) is { } path
            && long.TryParse(Path.GetFileNameWithoutExtension(path), out var number) ? number : 1;
        segment = Math.Max(segment, FirstOf(Math.Max(known, 1)));
        var found = ReadFile(segment);
        var last = Math.Max(known, found.Count == 0 ? 0 : found.Keys.Max());
        return last < segment ? ([], true) : ([.. Fill(segment, last, found)], found.Count == last - segment + 1);
    }

    /// <summary>Up to <paramref name="limit"/> saved events from <paramref name="first"/> on, before <paramref name="end"/>.</summary>
    public IEnumerable<StoredEvent> Read(long first, long end, int limit)
    {
        return Segments().SelectMany(segment => Fill(segment, segment + Size - 1, ReadFile(segment)))
            .SkipWhile(stored => stored.Sequence < first).Take((int)Math.Min(limit, end - first));

        IEnumerable<long> Segments()
        {
            for (var segment = FirstOf(first); segment < end; segment += Size) yield return segment;
        }
    }

    /// <summary>Reads a full segment; what is damaged or missing of it is told. Returns the bytes that were read.</summary>
    public long Check(long first)
    {
        Read(first, first + Size, Size).Count();
        return File.Exists(PathOf(first)) ? new FileInfo(PathOf(first)).Length : 0;
    }

    /// <summary>
    /// Writes the segments up to <paramref name="last"/> that are damaged anew: what is lost says so in its place, and what they held is kept.
    /// Throws <see cref="IOException"/> when it cannot be kept.
    /// </summary>
    public void Mend(long last)
    {
        for (var segment = 1L; segment <= last; segment += Size)
        {
            var (end, content) = (Math.Min(segment + Size - 1, last), File.Exists(PathOf(segment)) ? File.ReadAllBytes(PathOf(segment)) : []);
            var (found, damaged) = Parse(segment, content);
            if (damaged == 0 && found.Count == end - segment + 1) continue;
            damage.Found(PlaceOf(segment), $"written anew with {found.Count} of its {end - segment + 1} events", content.Length == 0 ? null : content);
            Write(segment, Fill(segment, end, found));
        }
        files.SyncFolder(folder);
    }

    private void Write(long first, IEnumerable<StoredEvent> events)
    {
        using var lines = new MemoryStream();
        foreach (var stored in events) Seal.Write(lines, PlaceOf(first), JsonSerializer.SerializeToUtf8Bytes(stored, PlatformJson.Tolerant));
        files.Replace(PathOf(first), lines.ToArray());
    }

    private IEnumerable<StoredEvent> Fill(long first, long last, Dictionary<long, StoredEvent> found)
    {
        var missing = 0;
        for (var sequence = first; sequence <= last; sequence++)
        {
            if (!found.TryGetValue(sequence, out var stored)) missing++;
            yield return stored ?? StoredEvent.Lost(sequence);
        }
        if (missing > 0) damage.Noticed(PlaceOf(first), $"{missing} of the events {first} to {last} are missing", null);
    }

    private Dictionary<long, StoredEvent> ReadFile(long segment)
    {
        if (!File.Exists(PathOf(segment)) || ReadBytes(segment) is not { } content) return [];
        var (found, damaged) = Parse(segment, content);
        if (damaged > 0) damage.Noticed(PlaceOf(segment), $"{damaged} of its lines are damaged", content);
        return found;
    }

    private static (Dictionary<long, StoredEvent> Found, int Damaged) Parse(long segment, byte[] content)
    {
        var (found, damaged) = (new Dictionary<long, StoredEvent>(), 0);
        foreach (var range in content.AsSpan().Split((byte)'\n'))
        {
            var line = content.AsSpan(range);
            if (line.IsEmpty) continue;
            if (ReadLine(segment, line) is { } stored && stored.Sequence >= segment && stored.Sequence < segment + Size) found[stored.Sequence] = stored;
            else damaged++;
        }
        return (found, damaged);
    }

    /// <summary>All of the file; null where the disk cannot read it.</summary>
    private byte[]? ReadBytes(long segment)
    {
        try
        {
            return File.ReadAllBytes(PathOf(segment));
        }
        catch (IOException exception)
        {
            damage.Noticed(PlaceOf(segment), $"it cannot be read: {exception.Message}", null);
            return null;
        }
    }

    private static StoredEvent? ReadLine(long segment, ReadOnlySpan<byte> line)
    {
        try
        {
            var json = Seal.IsMissing(line) ? line : Seal.Open(PlaceOf(segment), line);
            return json.IsEmpty ? null : JsonSerializer.Deserialize<StoredEvent>(json, PlatformJson.Tolerant);
        }
        catch (JsonException)
        {
            return null; // counted by the caller
        }
    }

    private static string PlaceOf(long firstSequence) => $"events/{firstSequence:d19}.jsonl";

    private string PathOf(long firstSequence) => Path.Combine(folder, $"{firstSequence:d19}.jsonl");
}
