using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Platform.Hosting.Documents;

namespace Platform.Hosting.Outbox;

/// <summary>What operators see of the outbox: how many events went out, how long they waited, and how long the oldest waits now.</summary>
internal static class OutboxTelemetry
{
    private const string Name = "Platform.Outbox";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Delay = Meter.CreateHistogram<double>(
        "platform.outbox.delay", "s", "Time from an event's commit to its publication",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800] });
    private static readonly Counter<long> RefusedEvents = Meter.CreateCounter<long>(
        "platform.outbox.refused", "{event}", "Events that the queue of a subscriber has refused or not taken in time");

    // The meter is the process's, the watches come and go with its hosts.
    private static readonly ConcurrentDictionary<OutboxWatch, byte> Watches = [];

    static OutboxTelemetry() => Meter.CreateObservableGauge(
        "platform.outbox.oldest", Ages, "s", "Time since the oldest unpublished event was committed; 0 when all are published");

    /// <summary>Continues the trace of the request that caused the event.</summary>
    public static Activity? Start(string service, StoredEvent stored) =>
        Source.StartActivity($"{service} outbox publish", ActivityKind.Producer, stored.TraceParent);

    /// <summary>A publication to a broker, named as the bus names those that it makes.</summary>
    public static Activity? StartSending(string exchange) => Source.StartActivity($"{exchange} send", ActivityKind.Producer)
        ?.SetTag("messaging.system", "rabbitmq").SetTag("messaging.operation", "send").SetTag("messaging.destination.name", exchange);

    public static void Published(string service, StoredEvent stored, TimeProvider time) =>
        Delay.Record(Math.Max(0, (time.GetUtcNow() - stored.At).TotalSeconds),
            new KeyValuePair<string, object?>("service", service), new KeyValuePair<string, object?>("type", stored.Type));

    public static void Refused(string service, int events = 1) => RefusedEvents.Add(events, new KeyValuePair<string, object?>("service", service));

    /// <summary>A service is counted from 0, so that its first refused event is seen as a step.</summary>
    public static void Watch(OutboxWatch watch)
    {
        Refused(watch.Service, 0);
        Watches.TryAdd(watch, 0);
    }

    public static void Forget(OutboxWatch watch) => Watches.TryRemove(watch, out _);

    private static IEnumerable<Measurement<double>> Ages() =>
        from watch in Watches.Keys
        group watch.Age.TotalSeconds by watch.Service into ages
        select new Measurement<double>(ages.Max(), new KeyValuePair<string, object?>("service", ages.Key));
}
