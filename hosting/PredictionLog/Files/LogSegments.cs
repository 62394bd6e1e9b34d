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
/// <param name="Frames">The records.</param>
/// <param name="DamagedAt">Where something begins that is no record; null when the page is whole.</param>
internal sealed record LogPage(IReadOnlyList<StoredFrame> Frames, long? DamagedAt);

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

    public void Dispose() => _open?.Handle.Dispose();

    private LogPage Parse(long from, int length, bool isWhole)
    {
        var frames = new List<StoredFrame>();
        var at = 0;
        while (at + sizeof(int) <= length)
        {
            var record = BinaryPrimitives.ReadInt32LittleEndian(_page.AsSpan(at));
            if (record == 0) return new LogPage(frames, null);
            if (record < FramedRecord.NumberBytes || record > length - at - sizeof(int)) return new LogPage(frames, from + at);
            var next = at + sizeof(int) + ((record + 3) & ~3);
            frames.Add(new StoredFrame(from + at, from + next, _page.AsSpan(at + sizeof(int), record).ToArray()));
            at = next;
        }
        return new LogPage(frames, isWhole ? null : from + at);
    }

    private SafeFileHandle? Open(long number)
    {
        if (_open?.Number == number) return _open.Value.Handle;
        try
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}"));
            var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
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
