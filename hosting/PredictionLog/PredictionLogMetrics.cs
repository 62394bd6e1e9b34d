using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Platform.Hosting.PredictionLog;

/// <summary>What the prediction log tells <c>/metrics</c>.</summary>
internal sealed class PredictionLogMetrics : IDisposable
{
    private readonly Meter _meter = new("Platform.PredictionLog");
    private readonly Counter<long> _dropped;
    private readonly ConcurrentDictionary<string, long> _lag = [];
    private long _records;
    private long _bytes;
    private long _unreadable;
    private long _failures;

    public PredictionLogMetrics()
    {
        // Observed: telling a counter of every record costs more than adding to a number.
        _meter.CreateObservableCounter("platform.prediction_log.records", () => Volatile.Read(ref _records), "{record}", "Records appended.");
        _meter.CreateObservableCounter("platform.prediction_log.appended", () => Volatile.Read(ref _bytes), "By", "Bytes appended.");
        _dropped = _meter.CreateCounter<long>("platform.prediction_log.dropped", "By",
            "Bytes removed by the disk bound before a consumer had read them.");
        // Observed, so that it says 0 from the start on, and the first such record is seen as a step.
        _meter.CreateObservableCounter(
            "platform.prediction_log.unreadable", () => Volatile.Read(ref _unreadable), "{record}", "Records that are damaged, missing or not valid JSON.");
        _meter.CreateObservableCounter("platform.prediction_log.write_failures", () => Volatile.Read(ref _failures), "{attempt}",
            "Attempts to bring records or a commit to the disk that failed; each is repeated.");
        _meter.CreateObservableGauge("platform.prediction_log.lag", Lags, "By", "Bytes that a consumer has not acknowledged yet.");
    }

    /// <summary>Called by one thread at a time.</summary>
    public void Appended(int bytes)
    {
        Volatile.Write(ref _records, _records + 1);
        Volatile.Write(ref _bytes, _bytes + bytes);
    }

    public void Dropped(string consumer, long bytes) => _dropped.Add(bytes, new KeyValuePair<string, object?>("consumer", consumer));

    public void Unreadable(long records = 1) => Interlocked.Add(ref _unreadable, records);

    public void WriteFailed() => Interlocked.Increment(ref _failures);

    /// <summary>A consumer that is new is counted from 0, so that the first bytes that it misses are seen as a step.</summary>
    public void Lagging(string consumer, long bytes)
    {
        if (_lag.TryAdd(consumer, bytes)) Dropped(consumer, 0);
        else _lag[consumer] = bytes;
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Lags() =>
        _lag.Select(lag => new Measurement<long>(lag.Value, new KeyValuePair<string, object?>("consumer", lag.Key)));
}
