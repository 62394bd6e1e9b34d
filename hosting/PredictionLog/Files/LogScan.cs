namespace Platform.Hosting.PredictionLog.Files;

/// <summary>What there is to be read of a log.</summary>
/// <param name="Begin">Address of the oldest record that is kept.</param>
/// <param name="Until">Address at which the committed records end.</param>
internal readonly record struct LogBounds(long Begin, long Until);

/// <summary>What lies on a page, or on the rest of one.</summary>
/// <param name="Frames">The records that can be read.</param>
/// <param name="Lost">How many records are known to be missing before or between them.</param>
/// <param name="DamagedAt">Where something is damaged; null when all is well.</param>
internal readonly record struct ScannedPage(IReadOnlyList<StoredFrame> Frames, long Lost, long? DamagedAt);

/// <summary>
/// Reads committed records in order, and goes on behind what is damaged: a damaged entry costs itself, a missing page its records. Their
/// numbers, which have no gaps, tell how many those were.
/// </summary>
/// <param name="segments">The files.</param>
/// <param name="from">Address to begin at.</param>
/// <param name="last">Number of the record before; null when it is not known.</param>
internal sealed class LogScan(LogSegments segments, long from, long? last)
{
    /// <summary>Where the next page to be read begins.</summary>
    public long NextAddress { get; private set; } = from;

    /// <summary>Number of the last record that was read.</summary>
    public long? LastNumber { get; private set; } = last;

    /// <summary>Where the last record that was read ends.</summary>
    public long LastEnd { get; private set; } = from;

    /// <summary>Whether something was damaged behind the last record that was read.</summary>
    public bool EndIsDamaged { get; private set; }

    /// <summary>Reads on, of one page. To be called while <see cref="NextAddress"/> lies before the end.</summary>
    public ScannedPage Read(Func<LogBounds> bounds)
    {
        var (begin, until) = bounds();
        if (NextAddress < begin) (NextAddress, LastNumber, EndIsDamaged) = (begin, null, false);
        var at = NextAddress;
        if (at >= until) return default(ScannedPage) with { Frames = [] };
        NextAddress = Math.Min(segments.NextPage(at), until);
        if (segments.ReadPage(at, until) is { } page) return Account(page);
        if (bounds().Begin > at) return default(ScannedPage) with { Frames = [] }; // retention has taken it meanwhile
        return Account(new LogPage([], at, true));
    }

    private ScannedPage Account(LogPage page)
    {
        var (lost, damagedAt) = (0L, page.DamagedAt);
        foreach (var frame in page.Frames)
        {
            var number = FramedRecord.NumberOf(frame.Frame);
            EndIsDamaged |= page.DamagedAt < frame.Address;
            var missing = Missing(number);
            if (missing != 0) damagedAt ??= LastEnd;
            lost += Math.Max(missing, 0);
            (LastNumber, LastEnd, EndIsDamaged) = (number, frame.Next, false);
        }
        EndIsDamaged |= page.EndIsDamaged;
        return new ScannedPage(page.Frames, lost, damagedAt);
    }

    /// <summary>How many records are missing before one; negative when it stands behind a later one, as in files that were exchanged.</summary>
    private long Missing(long number) => LastNumber is { } known ? number - known - 1 : EndIsDamaged ? 1 : 0;
}
