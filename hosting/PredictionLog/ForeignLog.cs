using System.Text.Json;
using Platform.Hosting.PredictionLog.Files;

namespace Platform.Hosting.PredictionLog;

/// <summary>The local log of a process that may be running: it is read beside it and nothing is changed.</summary>
internal static class ForeignLog
{
    /// <summary>A commit that is being written while it is read is whole a moment later.</summary>
    private const int Attempts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// What had been committed when reading began, in order; null for a record that is damaged. Throws <see cref="IOException"/> when there
    /// is no log that can be read, or when a part of it cannot.
    /// </summary>
    public static IEnumerable<ReadOnlyMemory<byte>?> Read(string folder, PredictionLogOptions options)
    {
        if (Find(folder, options) is not { } log) yield break;
        using var segments = new LogSegments(folder, log.PageBytes, log.SegmentBytes);
        for (var at = log.Info.BeginAddress; at < log.Info.UntilAddress; at = segments.NextPage(at))
        {
            at = Math.Max(at, BeginBehindWhatWasDropped(at));
            if (at >= log.Info.UntilAddress) yield break;
            var page = segments.ReadPage(at, log.Info.UntilAddress) ?? throw Damaged(folder, at, "is missing");
            foreach (var record in page.Frames) yield return TryRead(record.Frame);
            if (page.DamagedAt is { } address) throw Damaged(folder, address, "is damaged");
        }

        // The process that writes the log drops the oldest files when it reaches its bound on disk.
        long BeginBehindWhatWasDropped(long at) => segments.Exists(at) ? at : Find(folder, options)?.Info.BeginAddress ?? at;
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

    private static IOException Damaged(string folder, long address, string what) =>
        new($"The prediction log in '{folder}' {what} at address {address}; what lies behind it was not read.");
}
