using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Platform.Hosting.Tls;

/// <summary>When certificates of this process end, and what became of new ones.</summary>
internal sealed class TlsMetrics
{
    private readonly ConcurrentBag<Reloaded> _all = [];

    // Observed, so that what never happened says 0, and its first time is seen as a step.
    public TlsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Platform.Tls");
        meter.CreateObservableCounter(
            "platform.tls.reloads", Reloads, "{reload}", "New content of PEM files, by what they are for and whether it was taken or refused.");
        meter.CreateObservableGauge(
            "platform.tls.certificate.not_after", NotAfter, "s", "When a certificate that this process shows ends, in seconds since 1970, by what it is for.");
    }

    public void Watch(Reloaded files) => _all.Add(files);

    private IEnumerable<Measurement<long>> Reloads() => _all.SelectMany(files => new[]
    {
        new Measurement<long>(files.Taken, Use(files), new("outcome", "taken")),
        new Measurement<long>(files.Refused, Use(files), new("outcome", "refused")),
    });

    private IEnumerable<Measurement<long>> NotAfter() => _all.Where(files => files.NotAfter is not null)
        .Select(files => new Measurement<long>(files.NotAfter!.Value.ToUnixTimeSeconds(), Use(files)));

    private static KeyValuePair<string, object?> Use(Reloaded files) => new("use", files.Use);
}
