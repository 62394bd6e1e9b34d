using System.Buffers.Binary;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>
/// Reads SQLite's log as SQLite does when a process has ended without closing it (https://www.sqlite.org/fileformat2.html#walformat). SQLite takes all
/// up to the first frame whose checksum is wrong, and drops what follows without a word: right after a crash, which can only have hurt the last
/// transaction, and wrong after damage, when whole transactions follow.
/// </summary>
internal ref struct WriteAheadLog
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;

    private readonly ReadOnlySpan<byte> _log;
    private readonly int _frame;
    private readonly bool _isBigEndian;
    private (uint First, uint Second) _sum;

    private WriteAheadLog(ReadOnlySpan<byte> log)
    {
        _log = log;
        _isBigEndian = (BinaryPrimitives.ReadUInt32BigEndian(log) & 1) == 1;
        _frame = FrameHeaderLength + BinaryPrimitives.ReadInt32BigEndian(log[8..]);
    }

    /// <summary>What is wrong with it; null when all of it can be read but for what a crash may have left of the last transaction.</summary>
    public static string? DamageOf(ReadOnlySpan<byte> log)
    {
        if (log.Length <= HeaderLength) return null;
        var read = new WriteAheadLog(log);
        if (!read.HasHeader()) return "its head is damaged, and what it committed is missing";
        return read.Follows(read.Whole()) is var frames and > 0
            ? $"it is damaged, and the commits in its last {frames} pages are missing"
            : null;
    }

    private bool HasHeader()
    {
        var pageSize = BinaryPrimitives.ReadUInt32BigEndian(_log[8..]);
        if (BinaryPrimitives.ReadUInt32BigEndian(_log) >> 1 != 0x377f0682 >> 1 || pageSize is < 512 or > 65536) return false;
        Add(_log[..24]);
        return IsSum(_log[24..]);
    }

    /// <summary>How many frames can be read.</summary>
    private int Whole()
    {
        var number = 0;
        for (var frame = Frame(0); !frame.IsEmpty && IsOurs(frame); frame = Frame(++number))
        {
            Add(frame[..8]);
            Add(frame[FrameHeaderLength..]);
            if (!IsSum(frame[16..])) break;
        }
        return number;
    }

    /// <summary>How many frames from that one on hold transactions that cannot be read, although another was written behind the first of them.</summary>
    private readonly int Follows(int first)
    {
        var ended = false;
        for (var number = first; ; number++)
        {
            var frame = Frame(number);
            if (frame.IsEmpty) return 0;
            if (!IsOurs(frame)) continue; // of before the log was begun anew
            if (ended) return Last(number) - first + 1;
            ended = BinaryPrimitives.ReadUInt32BigEndian(frame[4..]) != 0;
        }
    }

    private readonly int Last(int number)
    {
        var last = number;
        for (; !Frame(number).IsEmpty; number++)
            if (IsOurs(Frame(number))) last = number;
        return last;
    }

    private readonly ReadOnlySpan<byte> Frame(int number)
    {
        var at = HeaderLength + ((long)number * _frame);
        return at + _frame <= _log.Length ? _log.Slice((int)at, _frame) : [];
    }

    /// <summary>Whether it has been written since the log was begun.</summary>
    private readonly bool IsOurs(ReadOnlySpan<byte> frame) => frame.Slice(8, 8).SequenceEqual(_log.Slice(16, 8));

    private readonly bool IsSum(ReadOnlySpan<byte> at) =>
        BinaryPrimitives.ReadUInt32BigEndian(at) == _sum.First && BinaryPrimitives.ReadUInt32BigEndian(at[4..]) == _sum.Second;

    private void Add(ReadOnlySpan<byte> data)
    {
        for (var i = 0; i + 8 <= data.Length; i += 8)
        {
            _sum.First += Word(data[i..]) + _sum.Second;
            _sum.Second += Word(data[(i + 4)..]) + _sum.First;
        }
    }

    private readonly uint Word(ReadOnlySpan<byte> at) =>
        _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
}
