using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Platform.Hosting.PredictionLog;

/// <summary>What the prediction log tells <c>/metrics</c>.</summary>
internal sealed class PredictionLogMetrics : IDisposable
{
    private static readonly Measurement<double>[] NoAge = [];

    private readonly Meter _meter = new("Platform.PredictionLog");
    private readonly Counter<long> _dropped;
    private readonly Histogram<double> _durableAfter;
    private readonly ConcurrentDictionary<string, long> _lag = [];
    private long _records;
    private long _bytes;
    private long _unreadable;
    private long _failures;
    private long _late;
    private Func<TimeSpan>? _ageAtRisk;
    private TimeSpan _bound;

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
        _durableAfter = _meter.CreateHistogram("platform.prediction_log.durable_after", "s",
            "Age of the oldest record that a commit has brought to the disk: what a power cut just before would have cost.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });
        _meter.CreateObservableCounter("platform.prediction_log.late_commits", () => LateCommits, "{commit}",
            "Commits that have brought a record to the disk later than PredictionLog:DurableWithin.");
        _meter.CreateObservableGauge("platform.prediction_log.at_risk", () => _ageAtRisk is { } age ? [new(age().TotalSeconds)] : NoAge, "s",
            "Age of the oldest record that is not on the disk: what a power cut would cost now.");
        _meter.CreateObservableGauge("platform.prediction_log.bound", () => _ageAtRisk is null ? NoAge : [new(_bound.TotalSeconds)], "s",
            "How old a record may be when it is on the disk (PredictionLog:DurableWithin).");
        _meter.CreateObservableGauge("platform.prediction_log.lag", Lags, "By", "Bytes that a consumer has not acknowledged yet.");
    }

    /// <summary>Commits that came later than the bound allows.</summary>
    public long LateCommits => Volatile.Read(ref _late);

    /// <summary>Called by one thread at a time.</summary>
    public void Appended(int bytes)
    {
        Volatile.Write(ref _records, _records + 1);
        Volatile.Write(ref _bytes, _bytes + bytes);
    }

    /// <summary>The process writes a log: what is asked for the age of its oldest record that is not on the disk, and how old that may be.</summary>
    public void Watch(Func<TimeSpan> ageAtRisk, TimeSpan bound) => (_bound, _ageAtRisk) = (bound, ageAtRisk);

    /// <summary>Called by one thread at a time, with the age of the oldest record of a commit.</summary>
    public void Committed(TimeSpan age)
    {
        _durableAfter.Record(age.TotalSeconds);
        if (age > _bound) Volatile.Write(ref _late, _late + 1);
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
