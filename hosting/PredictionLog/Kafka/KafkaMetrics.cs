using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>
/// What the way through Kafka tells <c>/metrics</c>. Of every record that was ever appended here:
/// accepted = delivered + spooled + dropped.
/// </summary>
internal sealed class KafkaMetrics : IDisposable
{
    /// <summary>The four numbers of one look at the metrics are asked for one by one and must add up.</summary>
    private static readonly TimeSpan OneLook = TimeSpan.FromSeconds(0.5);

    private readonly Meter _meter = new("Platform.PredictionLog.Kafka");
    private readonly TimeProvider _time;
    private readonly Lock _looking = new();
    private ForwardTotals _totals;
    private long? _lookedAt;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _missed;
    private readonly ConcurrentDictionary<string, long> _lag = [];

    public KafkaMetrics(TimeProvider time)
    {
        _time = time;
        _meter.CreateObservableCounter("platform.prediction_log.forwarder.accepted", () => Totals.Accepted, "{record}",
            "Records appended to the local log.");
        _meter.CreateObservableCounter("platform.prediction_log.forwarder.delivered", () => Totals.Delivered, "{record}",
            "Records that Kafka has acknowledged.");
        _meter.CreateObservableCounter("platform.prediction_log.forwarder.dropped", () => Totals.Dropped, "{record}",
            "Records that were given up: by the disk bound, or because Kafka refuses them for good.");
        _meter.CreateObservableGauge("platform.prediction_log.forwarder.spooled", () => Totals.Spooled, "{record}",
            "Records in the local log that Kafka has not acknowledged yet.");
        _repeated = _meter.CreateCounter<long>("platform.prediction_log.reader.repeated", "{record}",
            "Records passed over because they had been read before.");
        _missed = _meter.CreateCounter<long>("platform.prediction_log.reader.missed", "{record}",
            "Records that Kafka removed before they were read.");
        _meter.CreateObservableGauge("platform.prediction_log.reader.lag", Lags, "{record}", "Records in Kafka that were not read yet.");
    }

    /// <summary>Where the records stand; set by the forwarder.</summary>
    public Func<ForwardTotals> Forwarder { get; set; } = () => default;

    private ForwardTotals Totals
    {
        get
        {
            lock (_looking)
            {
                if (_lookedAt is { } at && _time.GetElapsedTime(at) < OneLook) return _totals;
                (_totals, _lookedAt) = (Forwarder(), _time.GetTimestamp());
                return _totals;
            }
        }
    }

    public void Repeated(string consumer) => _repeated.Add(1, Tag(consumer));

    public void Missed(string consumer, long records) => _missed.Add(records, Tag(consumer));

    /// <summary>A consumer that is new is counted from 0, so that the first records that it misses are seen as a step.</summary>
    public void Lagging(string consumer, long records)
    {
        if (_lag.TryAdd(consumer, records))
        {
            Missed(consumer, 0);
            _repeated.Add(0, Tag(consumer));
        }
        else _lag[consumer] = records;
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Lags() => _lag.Select(lag => new Measurement<long>(lag.Value, Tag(lag.Key)));

    private static KeyValuePair<string, object?> Tag(string consumer) => new("consumer", consumer);
}

/// <summary>Of all records ever appended to a local log.</summary>
internal readonly record struct ForwardTotals(long Accepted, long Delivered, long Spooled, long Dropped);
