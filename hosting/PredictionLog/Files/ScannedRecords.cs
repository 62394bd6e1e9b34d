using Platform.Hosting.Storage;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>Records that no commit tells of: they were found by reading the files of a log.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="From">Address at which they begin.</param>
/// <param name="Until">Address at which they end.</param>
internal sealed record ScannedRecords(long Count, long From, long Until)
{
    private const int PieceBytes = 64 << 10;

    /// <summary>
    /// Brings them to the disk before anything is told of them: they are read out of the system's memory, and of what an fsync that failed was to
    /// bring no later one would, unless it is written again (Rebello et al., Can Applications Recover from fsync Failures?, ATC 2020).
    /// </summary>
    public void Settle(string folder, long segmentBytes, DurableFiles files)
    {
        var piece = new byte[PieceBytes];
        for (var at = From; at < Until; at = (at / segmentBytes + 1) * segmentBytes)
        {
            var (offset, length) = (at % segmentBytes, Math.Min(Until - at, segmentBytes - at % segmentBytes));
            using var file = File.OpenHandle(LogSegments.PathOf(folder, at / segmentBytes), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            for (var end = offset + length; offset < end;)
            {
                var read = RandomAccess.Read(file, piece.AsSpan(0, (int)Math.Min(PieceBytes, end - offset)), offset);
                if (read == 0) break;
                files.WritePiece(file, piece.AsSpan(0, read), offset);
                offset += read;
            }
            files.Flush(file);
        }
        files.SyncFolder(folder);
    }
}
