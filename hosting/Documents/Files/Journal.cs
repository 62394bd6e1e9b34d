using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// The write-ahead journal: a batch is committed once its line is on the disk. Files are numbered; a new one is begun before
/// the documents of the old one are saved, and the old one is removed afterwards.
/// </summary>
internal sealed class Journal(string folder, DurableFiles files) : IDisposable
{
    private const int ChecksumLength = 16;

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
        using var lines = new MemoryStream();
        foreach (var entry in entries) WriteLine(lines, entry);
        var content = lines.GetBuffer().AsMemory(0, (int)lines.Length);
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
    public IReadOnlyList<long> Numbers() =>
        [.. Directory.EnumerateFiles(folder, "*.jsonl").Select(path => long.Parse(Path.GetFileNameWithoutExtension(path))).Order()];

    /// <summary>
    /// The entries of one file up to its first damaged line, and whether there is one. A crash can leave such an end only in
    /// the file that was being written, and nobody has been told that what it holds was committed.
    /// </summary>
    public (IReadOnlyList<JournalEntry> Entries, bool Damaged) Read(long number)
    {
        var content = File.ReadAllBytes(PathOf(number)).AsSpan();
        var entries = new List<JournalEntry>();
        while (content.IndexOf((byte)'\n') is var end and >= 0)
        {
            if (ReadLine(content[..end]) is not { } entry) break;
            entries.Add(entry);
            content = content[(end + 1)..];
        }
        return (entries, !content.IsEmpty);
    }

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
        if (_isTorn) throw new IOException($"The journal in '{folder}' has failed; nothing is committed until a restart.");
    }

    private static void WriteLine(MemoryStream lines, JournalEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, PlatformJson.Tolerant);
        lines.Write(Checksum(json));
        lines.WriteByte((byte)' ');
        lines.Write(json);
        lines.WriteByte((byte)'\n');
    }

    private static JournalEntry? ReadLine(ReadOnlySpan<byte> line)
    {
        if (line.Length <= ChecksumLength) return null;
        var json = line[(ChecksumLength + 1)..];
        return line[..ChecksumLength].SequenceEqual(Checksum(json))
            ? JsonSerializer.Deserialize<JournalEntry>(json, PlatformJson.Tolerant)
            : null;
    }

    /// <summary>The first 8 bytes of the SHA-256, in hex: enough to tell a torn line from a whole one.</summary>
    private static byte[] Checksum(ReadOnlySpan<byte> json) =>
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, ChecksumLength / 2)));

    private string PathOf(long number) => Path.Combine(folder, $"{number:d19}.jsonl");
}
