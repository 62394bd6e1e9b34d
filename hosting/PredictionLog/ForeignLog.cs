using System.Text.Json;
using FASTER.core;

namespace Platform.Hosting.PredictionLog;

/// <summary>The local log of a process that may be running: it is read beside it and nothing is changed.</summary>
internal static class ForeignLog
{
    /// <summary>
    /// What has been committed so far, in order, but for what is damaged. Sizes of pages and files must be those of the process that writes it. Throws
    /// <see cref="IOException"/> when there is no log that can be read.
    /// </summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(string folder, PredictionLogOptions options)
    {
        using var settings = new FasterLogSettings(folder)
        {
            PageSize = options.PageBytes,
            MemorySize = options.MemoryBytes,
            SegmentSize = options.SegmentBytes,
            ReadOnlyMode = true,
        };
        using var log = Open(settings, folder);
        using var iterator = log.Scan(log.BeginAddress, log.CommittedUntilAddress);
        while (iterator.GetNext(out var record, out var length, out _, out _))
            if (TryRead(record, length) is { } json)
                yield return json;
    }

    private static ReadOnlyMemory<byte>? TryRead(byte[] frame, int length)
    {
        try
        {
            return FramedRecord.JsonOf(frame, length);
        }
        catch (JsonException)
        {
            return null; // as the services pass over it
        }
    }

    private static FasterLog Open(FasterLogSettings settings, string folder)
    {
        try
        {
            return new FasterLog(settings);
        }
        catch (FasterException exception)
        {
            throw new IOException($"{folder} holds no prediction log that can be read.", exception);
        }
    }
}
