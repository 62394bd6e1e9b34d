using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// The write-ahead journal: a line holds the batches that are committed together once it is on the disk. Files are numbered; a new one is begun before
/// the documents of the old one are saved, and the old one is removed afterwards.
/// </summary>
internal sealed class Journal(string folder, DurableFiles files) : IDisposable
{
    private SafeFileHandle? _file;
    private long _olderLength;
    private bool _isTorn;

    /// <summary>Number of the file that is being written.</summary>
    public long Number { get; private set; }

    /// <summary>Whether nothing can be committed until a restart: a line could be neither finished nor taken back.</summary>
    public bool HasFailed => _isTorn;

    /// <summary>Bytes in the file that is being written.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes in all files, those included that wait to be removed.</summary>
    public long TotalLength => _olderLength + Length;

    /// <summary>Commits entries together. When it throws, none of them is in the journal.</summary>
    public void Append(IEnumerable<JournalEntry> entries)
    {
        ThrowIfTorn();
        var content = Seal.Line(PlaceOf(Number), JsonSerializer.SerializeToUtf8Bytes(entries, PlatformJson.Tolerant));
        try
        {
            files.Append(_file!, content, Length);
            files.Flush(_file!);
        }
        catch
        {
            TakeBack();
            throw;
        }
        Length += content.Length;
    }

    /// <summary>
    /// Cuts off the line that a crash has left unfinished at the end of a file: once another file follows that one, it would be taken for damage.
    /// </summary>
    public void CutOffUnfinished(long number)
    {
        var whole = File.ReadAllBytes(PathOf(number)).AsSpan().LastIndexOf((byte)'\n') + 1;
        using var file = File.OpenHandle(PathOf(number), FileMode.Open, FileAccess.Write);
        files.Truncate(file, whole);
        files.Flush(file);
    }

    /// <summary>Begins the file numbered <paramref name="number"/>.</summary>
    public void Begin(long number)
    {
        ThrowIfTorn();
        var file = CreateFile(PathOf(number));
        _file?.Dispose();
        _olderLength += Length;
        (_file, Number, Length) = (file, number, 0);
    }

    /// <summary>Removes all files but the one that is being written, oldest first: what remains is always the latest part.</summary>
    public void RemoveOlder()
    {
        foreach (var old in Numbers().Where(number => number < Number)) files.Delete(PathOf(old));
        files.SyncFolder(folder);
        _olderLength = 0;
    }

    /// <summary>Numbers of the journal files that exist, ascending.</summary>
    public IReadOnlyList<long> Numbers() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.jsonl").Select(path => long.Parse(Path.GetFileNameWithoutExtension(path))).Order()]
        : [];

    /// <summary>
    /// What one file holds. A crash can leave a torn end only in the file that was being written, and nobody has been told that what it holds
    /// was committed. All other lines that cannot be read are damaged.
    /// </summary>
    public JournalContent Read(long number)
    {
        var bytes = File.ReadAllBytes(PathOf(number));
        var (entries, damaged) = (new List<JournalEntry>(), 0);
        var rest = bytes.AsSpan();
        for (; rest.IndexOf((byte)'\n') is var end and >= 0; rest = rest[(end + 1)..])
        {
            if (ReadLine(number, rest[..end]) is { } together) entries.AddRange(together);
            else damaged++;
        }
        return new JournalContent(entries, damaged, !rest.IsEmpty, bytes);
    }

    /// <summary>The file's name, seen from the store's folder.</summary>
    public static string PlaceOf(long number) => $"journal/{number:d19}.jsonl";

    public void Dispose() => _file?.Dispose();

    private SafeFileHandle CreateFile(string path)
    {
        var file = files.Create(path);
        try
        {
            files.SyncFolder(folder);
            return file;
        }
        catch
        {
            file.Dispose();
            files.Delete(path); // not taken for one whose name is on the disk the next time
            throw;
        }
    }

    private void TakeBack()
    {
        _isTorn = true;
        files.Truncate(_file!, Length);
        files.Flush(_file!);
        _isTorn = false;
    }

    /// <summary>Behind a line that could be neither finished nor taken back, nothing may follow.</summary>
    private void ThrowIfTorn()
    {
        if (_isTorn) throw new IOException(
            $"The journal in '{folder}' has failed; nothing is committed until a restart.", StorageFaults.Failed);
    }

    private static IReadOnlyList<JournalEntry>? ReadLine(long number, ReadOnlySpan<byte> line)
    {
        var json = Seal.Open(PlaceOf(number), line);
        if (!json.IsEmpty) return JsonSerializer.Deserialize<List<JournalEntry>>(json, PlatformJson.Tolerant);
        json = Seal.OpenEarlier(line);
        return json.IsEmpty ? null : [JsonSerializer.Deserialize<JournalEntry>(json, PlatformJson.Tolerant)!];
    }

    private string PathOf(long number) => Path.Combine(folder, $"{number:d19}.jsonl");
}
