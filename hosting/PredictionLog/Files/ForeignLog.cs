using System.Text.Json;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>The local log of a process that may be running: it is read beside it and nothing is changed.</summary>
internal static class ForeignLog
{
    /// <summary>A commit that is being written while it is read is whole a moment later.</summary>
    private const int Attempts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// What had been committed when reading began, in order; null for each record that is damaged or missing. Throws <see cref="IOException"/>
    /// when there is no log that can be read.
    /// </summary>
    public static IEnumerable<ReadOnlyMemory<byte>?> Read(string folder, PredictionLogOptions options)
    {
        if (Find(folder, options) is not { } log) yield break;
        using var segments = new LogSegments(folder, log.PageBytes, log.SegmentBytes);
        var scan = new LogScan(segments, log.Info.BeginAddress, null);
        while (scan.NextAddress < log.Info.UntilAddress)
        {
            var page = scan.Read(Bounds);
            for (var n = 0; n < page.Lost; n++) yield return null;
            foreach (var record in page.Frames) yield return TryRead(record.Frame);
        }
        if (scan.EndIsDamaged) yield return null; // or more, which nothing tells

        // The process that writes the log drops the oldest files when it reaches its bound on disk.
        LogBounds Bounds() => new(
            segments.Exists(scan.NextAddress) ? log.Info.BeginAddress : Find(folder, options)?.Info.BeginAddress ?? log.Info.BeginAddress,
            log.Info.UntilAddress);
    }

    private static LogCommit? Find(string folder, PredictionLogOptions options)
    {
        try
        {
            var found = CommitFiles.Find(folder, options);
            for (var attempt = 1; attempt < Attempts && !found.IsLast; attempt++)
            {
                Thread.Sleep(Pause);
                found = CommitFiles.Find(folder, options);
            }
            return LogRecovery.Find(folder, found, options).Commit;
        }
        catch (InvalidDataException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private static ReadOnlyMemory<byte>? TryRead(byte[] frame)
    {
        try
        {
            return FramedRecord.JsonOf(frame, frame.Length);
        }
        catch (JsonException)
        {
            return null; // the reader counts it
        }
    }
}
