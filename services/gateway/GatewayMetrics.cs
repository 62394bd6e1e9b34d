using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Platform.Gateway.Routing;

namespace Platform.Gateway;

/// <summary>What the edge did by itself: requests sent to another replica, and clients that were told to wait.</summary>
internal sealed class GatewayMetrics
{
    private readonly Dictionary<string, StrongBox<long>> _retries = PublicPaths.Services.ToDictionary(service => service, _ => new StrongBox<long>());
    private long _limited;

    // Observed, so that what never happened says 0, and its first time is seen as a step.
    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Platform.Gateway");
        meter.CreateObservableCounter(
            "platform.gateway.retries", Retries, "{request}", "Requests sent to another replica because one did not answer, by service.");
        meter.CreateObservableCounter(
            "platform.gateway.rate_limited", () => Volatile.Read(ref _limited), "{request}", "Requests refused because their client made too many.");
    }

    public void Retried(string service) => Interlocked.Increment(ref _retries[service].Value);

    public void RateLimited() => Interlocked.Increment(ref _limited);

    private IEnumerable<Measurement<long>> Retries() => _retries.Select(service =>
        new Measurement<long>(Volatile.Read(ref service.Value.Value), new KeyValuePair<string, object?>("service", service.Key)));
}
