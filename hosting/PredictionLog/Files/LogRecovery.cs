using System.Text.Json;
using FASTER.core;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>Where a log goes on.</summary>
/// <param name="Commit">What is handed to FasterLog as its last commit; null for a log that has none.</param>
/// <param name="Scanned">What was found by reading the files because the last commit could not be read; null when it could.</param>
internal sealed record RecoveredLog(LogCommit? Commit, ScannedRecords? Scanned);

/// <summary>
/// Finds the end of a log. That is what its last commit says; where that cannot be read, the records behind the last one that can are
/// followed through the files by their numbers, which have no gaps, so that a damaged commit costs no record.
/// </summary>
internal static class LogRecovery
{
    /// <summary>Reads and changes nothing. Throws <see cref="InvalidDataException"/> when there is something that is no log.</summary>
    public static RecoveredLog Find(string folder, FoundCommit found, PredictionLogOptions options)
    {
        using var segments = new LogSegments(folder, found.Commit?.PageBytes ?? options.PageBytes, found.Commit?.SegmentBytes ?? options.SegmentBytes);
        if (found.Commit is null) return FromTheFirst(folder, segments, options);
        var commit = BeginningWithTheFilesThatAreThere(found.Commit, segments);
        return found.IsLast ? new RecoveredLog(commit, null) : GoOn(commit, segments);
    }

    private static RecoveredLog FromTheFirst(string folder, LogSegments segments, PredictionLogOptions options)
    {
        if (segments.First is not { } first || !segments.HoldAnything) return new RecoveredLog(null, null);
        var info = new FasterLogRecoveryInfo { BeginAddress = first, UntilAddress = first, CommitNum = 1 };
        var recovered = GoOn(new LogCommit(info, false, options.PageBytes, options.SegmentBytes), segments);
        return recovered.Scanned?.Count > 0
            ? recovered
            : throw new InvalidDataException(
                $"The prediction log in '{folder}' has files but no commit and no record that can be read. " +
                "Restore the folder, or move it away to begin a new log.");
    }

    private static RecoveredLog GoOn(LogCommit commit, LogSegments segments)
    {
        var (from, number) = (Math.Max(commit.Checkpoint.Address, commit.Info.BeginAddress), commit.Checkpoint.Records);
        var (end, last) = Follow(segments, from, number == 0 ? null : number);
        var info = commit.Info;
        if (end > info.UntilAddress) (info.UntilAddress, info.Cookie) = (end, new LogCheckpoint(end, last).Write());
        return new RecoveredLog(commit with { Info = info }, new ScannedRecords(last - number, from, end));
    }

    /// <summary>Follows whole records from an address on, whose numbers go on behind <paramref name="last"/>, any number when null.</summary>
    private static (long End, long Last) Follow(LogSegments segments, long from, long? last)
    {
        var end = from;
        for (var at = from; segments.ReadPage(at, long.MaxValue) is { } page; at = segments.NextPage(at))
        {
            foreach (var record in page.Frames)
            {
                var number = FramedRecord.NumberOf(record.Frame);
                if (number <= 0 || (last is not null && number != last + 1) || !IsJson(record.Frame)) return (end, last ?? 0);
                (end, last) = (record.Next, number);
            }
            if (page.DamagedAt is not null || (page.Frames.Count == 0 && at > from)) break;
        }
        return (end, last ?? 0);
    }

    private static LogCommit BeginningWithTheFilesThatAreThere(LogCommit commit, LogSegments segments)
    {
        var info = commit.Info;
        if (segments.First is not { } first || first <= info.BeginAddress || first > info.UntilAddress) return commit;
        info.BeginAddress = first;
        return commit with { Info = info };
    }

    private static bool IsJson(byte[] frame)
    {
        try
        {
            var reader = new Utf8JsonReader(FramedRecord.JsonOf(frame, frame.Length).Span);
            while (reader.Read()) continue;
            return true;
        }
        catch (JsonException)
        {
            return false; // where the log ends
        }
    }
}
