using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>A framed record as it was read from a file of the log.</summary>
/// <param name="Address">Where it lies.</param>
/// <param name="Next">Where the next one begins, on the same page.</param>
/// <param name="Frame">Its number and its content (<see cref="FramedRecord"/>).</param>
internal readonly record struct StoredFrame(long Address, long Next, byte[] Frame);

/// <summary>What lies on a page from some address on.</summary>
/// <param name="Frames">The records, those behind something damaged included where they have a checksum.</param>
/// <param name="DamagedAt">Where something begins that is no record, the first; null when the page is whole.</param>
/// <param name="EndIsDamaged">Whether there is such a thing behind the last record.</param>
internal sealed record LogPage(IReadOnlyList<StoredFrame> Frames, long? DamagedAt, bool EndIsDamaged);

/// <summary>
/// The files of a FasterLog without checksums, <c>fasterlog.log.NUMBER</c>, read without FasterLog, which would make files that it
/// does not find. A record is its length, four bytes in little-endian order, and its content, padded to four; none crosses a page,
/// and a length of 0 says that the rest of the page is empty.
/// </summary>
internal sealed class LogSegments(string folder, long pageBytes, long segmentBytes) : IDisposable
{
    private const string Prefix = "fasterlog.log.";

    private byte[] _page = [];
    private (long Number, SafeFileHandle Handle)? _open;

    /// <summary>The file of a number.</summary>
    public static string PathOf(string folder, long number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}"));

    /// <summary>Where the oldest file begins; null when there is none.</summary>
    public long? First => Directory.EnumerateFiles(folder, Prefix + "*").Select(NumberOf).Min() is { } number
        ? Math.Max(number * segmentBytes, LogCommit.FirstAddress)
        : null;

    /// <summary>Whether any file holds anything but zeros.</summary>
    public bool HoldAnything => Directory.EnumerateFiles(folder, Prefix + "*").Any(path => NumberOf(path) is not null && HoldsAnything(path));

    /// <summary>The address at which the page behind that of <paramref name="address"/> begins.</summary>
    public long NextPage(long address) => (address / pageBytes + 1) * pageBytes;

    /// <summary>Whether the file of an address is there.</summary>
    public bool Exists(long address) => Open(address / segmentBytes) is not null;

    /// <summary>
    /// The records from <paramref name="from"/> on to the end of its page, or to <paramref name="end"/> where that comes first.
    /// Null when the file is not there.
    /// </summary>
    public LogPage? ReadPage(long from, long end)
    {
        if (Open(from / segmentBytes) is not { } file) return null;
        var wanted = (int)(Math.Min(NextPage(from), end) - from);
        if (_page.Length < wanted) _page = new byte[wanted];
        var read = ReadFully(file, _page.AsSpan(0, wanted), from % segmentBytes);
        return Parse(from, read, isWhole: read == wanted);
    }

    /// <summary>The record at an address; null when there is none that is whole before <paramref name="end"/>, or no file.</summary>
    public byte[]? ReadFrame(long address, long end)
    {
        if (Open(address / segmentBytes) is not { } file) return null;
        var room = Math.Min(NextPage(address), end) - address - sizeof(int);
        var (at, head) = (address % segmentBytes, new byte[sizeof(int)]);
        if (ReadFully(file, head, at) < head.Length) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length < FramedRecord.NumberBytes || length > room) return null;
        var frame = new byte[length];
        return ReadFully(file, frame, at + head.Length) == length && FramedRecord.IsWhole(frame) ? frame : null;
    }

    public void Dispose() => _open?.Handle.Dispose();

    private LogPage Parse(long from, int length, bool isWhole)
    {
        var frames = new List<StoredFrame>();
        var damaged = new List<long>();
        var at = 0;
        while (at + sizeof(int) <= length && !IsEmpty(at, length))
        {
            var frame = FrameAt(at, length);
            if (FramedRecord.IsWhole(frame))
            {
                var next = at + sizeof(int) + ((frame.Length + 3) & ~3);
                frames.Add(new StoredFrame(from + at, from + next, frame.ToArray()));
                at = next;
                continue;
            }
            damaged.Add(from + at);
            at = NextChecked(at, length, from);
        }
        // Only the end of a page is left empty, where the next record had no room.
        if (!isWhole || (at < length && (from + length) % pageBytes != 0)) damaged.Add(from + at);
        return new LogPage(frames, damaged.Count == 0 ? null : damaged[0], damaged.Count > 0 && (frames.Count == 0 || damaged[^1] >= frames[^1].Next));
    }

    /// <summary>Whether the page is empty from here on.</summary>
    private bool IsEmpty(int at, int length) =>
        BinaryPrimitives.ReadInt32LittleEndian(_page.AsSpan(at)) == 0 && !_page.AsSpan(at, length - at).ContainsAnyExcept((byte)0);

    private ReadOnlySpan<byte> FrameAt(int at, int length)
    {
        var record = BinaryPrimitives.ReadInt32LittleEndian(_page.AsSpan(at));
        return record < FramedRecord.NumberBytes || record > length - at - sizeof(int) ? [] : _page.AsSpan(at + sizeof(int), record);
    }

    /// <summary>Where the next record with a checksum begins, whatever lies between; the end of what was read when there is none.</summary>
    private int NextChecked(int at, int length, long from)
    {
        at += sizeof(int) - (int)((from + at) % sizeof(int));
        for (; at + sizeof(int) <= length; at += sizeof(int))
            if (FramedRecord.HasRightSum(FrameAt(at, length)))
                return at;
        return length;
    }

    private SafeFileHandle? Open(long number)
    {
        if (_open?.Number == number) return _open.Value.Handle;
        try
        {
            var handle = File.OpenHandle(PathOf(folder, number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            _open?.Handle.Dispose();
            _open = (number, handle);
            return handle;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static bool HoldsAnything(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var piece = new byte[1 << 16];
        for (var at = 0L; ReadFully(file, piece, at) is > 0 and var read; at += read)
            if (piece.AsSpan(0, read).ContainsAnyExcept((byte)0))
                return true;
        return false;
    }

    private static int ReadFully(SafeFileHandle file, Span<byte> target, long offset)
    {
        var done = 0;
        while (done < target.Length && RandomAccess.Read(file, target[done..], offset + done) is > 0 and var read) done += read;
        return done;
    }

    private static long? NumberOf(string path) =>
        long.TryParse(Path.GetFileName(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
