using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Platform.Gateway.Retries;

/// <summary>Requests that were sent to another replica.</summary>
internal sealed class RetryMetrics
{
    private readonly Dictionary<string, StrongBox<long>> _retries;

    // Observed, so that what never happened says 0, and its first time is seen as a step.
    public RetryMetrics(IMeterFactory meters, IEnumerable<string> services)
    {
        _retries = services.ToDictionary(service => service, _ => new StrongBox<long>());
        meters.Create("Platform.Gateway").CreateObservableCounter(
            "platform.gateway.retries", Retries, "{request}", "Requests sent to another replica because one did not answer, by service.");
    }

    public void Retried(string service) => Interlocked.Increment(ref _retries[service].Value);

    private IEnumerable<Measurement<long>> Retries() => _retries.Select(service =>
        new Measurement<long>(Volatile.Read(ref service.Value.Value), new KeyValuePair<string, object?>("service", service.Key)));
}
