using System.Diagnostics;
using System.Diagnostics.Metrics;
using Platform.Hosting.Documents;

namespace Platform.Hosting.Outbox;

/// <summary>What operators see of the outbox: how many events went out and how long they waited.</summary>
internal static class OutboxTelemetry
{
    private const string Name = "Platform.Outbox";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Delay = Meter.CreateHistogram<double>(
        "platform.outbox.delay", "s", "Time from an event's commit to its publication",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800] });

    /// <summary>Continues the trace of the request that caused the event.</summary>
    public static Activity? Start(string service, StoredEvent stored) =>
        Source.StartActivity($"{service} outbox publish", ActivityKind.Producer, stored.TraceParent);

    public static void Published(string service, StoredEvent stored, TimeProvider time) =>
        Delay.Record(Math.Max(0, (time.GetUtcNow() - stored.At).TotalSeconds),
            new KeyValuePair<string, object?>("service", service), new KeyValuePair<string, object?>("type", stored.Type));
}
