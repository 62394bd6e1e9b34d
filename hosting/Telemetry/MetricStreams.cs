using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Platform.Hosting.Telemetry;

/// <summary>
/// What OpenTelemetry would keep wrongly of an instrument: seconds in buckets made for milliseconds, and no more than 2,000 sets of
/// tags in the life of a process, of which the rest lose their names.
/// </summary>
internal static class MetricStreams
{
    // From half a millisecond to ten minutes, for whatever has no boundaries of its own.
    private static readonly double[] Seconds =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600];

    // Of a request that goes on to another process the client's count seven times what nobody looks at; its duration is counted beside them, except by
    // the gateway. The server's counts twice for each request of HTTP/2.
    private static readonly string[] Uncounted =
        ["http.client.open_connections", "http.client.active_requests", "http.client.request.time_in_queue", "kestrel.queued_requests"];

    public static MeterProviderBuilder AddMetricStreams(this MeterProviderBuilder metrics) =>
        metrics is IDeferredMeterProviderBuilder deferred
            ? deferred.Configure((services, builder) =>
            {
                var limits = services.GetServices<SeriesLimit>().DistinctBy(limit => limit.Instrument).ToDictionary(limit => limit.Instrument, limit => limit.Series);
                string[] uncounted = [.. Uncounted, .. services.GetServices<UncountedInstrument>().Select(instrument => instrument.Name)];
                builder.AddView(instrument => Of(instrument, limits, uncounted));
            })
            : metrics;

    private static MetricStreamConfiguration? Of(Instrument instrument, Dictionary<string, int> limits, string[] uncounted)
    {
        if (uncounted.Contains(instrument.Name)) return MetricStreamConfiguration.Drop;
        int? limit = limits.TryGetValue(instrument.Name, out var series) ? series : null;
        if (LacksBoundaries(instrument)) return new ExplicitBucketHistogramConfiguration { Boundaries = Seconds, CardinalityLimit = limit };
        return limit is null ? null : new MetricStreamConfiguration { CardinalityLimit = limit };
    }

    // OpenTelemetry itself has boundaries for those of .NET.
    private static bool LacksBoundaries(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s", Advice: null } && !instrument.Meter.Name.StartsWith("Microsoft.", StringComparison.Ordinal)
        && !instrument.Meter.Name.StartsWith("System.", StringComparison.Ordinal);
}
