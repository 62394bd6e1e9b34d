using System.Diagnostics.Metrics;

namespace Platform.Gateway.Limits;

/// <summary>Clients that were told to wait.</summary>
internal sealed class LimitMetrics
{
    private long _limited;

    // Observed, so that what never happened says 0, and its first time is seen as a step.
    public LimitMetrics(IMeterFactory meters) => meters.Create("Platform.Gateway").CreateObservableCounter(
        "platform.gateway.rate_limited", () => Volatile.Read(ref _limited), "{request}", "Requests refused because their client made too many.");

    public void RateLimited() => Interlocked.Increment(ref _limited);
}
