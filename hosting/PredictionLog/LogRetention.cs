using System.Collections.Concurrent;
using FASTER.core;

namespace Platform.Hosting.PredictionLog;

/// <summary>
/// What the log keeps. As a history, everything up to the disk bound, so that a prediction can still be looked up; as a spool,
/// only what has not been forwarded. Beyond the bound the oldest records go, read or not.
/// </summary>
internal sealed partial class LogRetention(FasterLog log, PredictionLogOptions options, PredictionLogMetrics metrics, ILogger logger)
{
    private readonly ConcurrentDictionary<string, long> _acknowledged = [];

    public void Begin(string consumer, long address) => _acknowledged.TryAdd(consumer, address);

    public void Acknowledge(string consumer, long address) => _acknowledged[consumer] = address;

    /// <summary>Drops what need not or cannot be kept; counts and logs what a consumer had not read.</summary>
    public void Apply()
    {
        foreach (var (consumer, address) in _acknowledged) metrics.Lagging(consumer, log.TailAddress - address);
        var (before, keepFrom) = (log.BeginAddress, KeepFrom());
        if (keepFrom <= before) return;

        log.TruncateUntilPageStart(keepFrom);
        foreach (var (consumer, address) in _acknowledged.Where(entry => entry.Value < log.BeginAddress))
        {
            var dropped = log.BeginAddress - Math.Max(before, address);
            metrics.Dropped(consumer, dropped);
            DroppedUnread(logger, dropped, consumer);
        }
    }

    private long KeepFrom()
    {
        var bound = log.CommittedUntilAddress - options.MaxDiskBytes;
        return options.IsSpool && !_acknowledged.IsEmpty ? Math.Max(bound, _acknowledged.Values.Min()) : bound;
    }

    [LoggerMessage(LogLevel.Error, "The prediction log reached its disk bound: {Bytes} bytes were dropped before {Consumer} had read them")]
    private static partial void DroppedUnread(ILogger logger, long bytes, string consumer);
}
