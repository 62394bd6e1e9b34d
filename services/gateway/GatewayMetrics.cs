using System.Diagnostics.Metrics;

namespace Platform.Gateway;

/// <summary>What the edge did by itself: requests sent to another replica, and clients that were told to wait.</summary>
internal sealed class GatewayMetrics
{
    private readonly Counter<long> _retries;
    private readonly Counter<long> _limited;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Platform.Gateway");
        _retries = meter.CreateCounter<long>(
            "platform.gateway.retries", "{request}", "Requests sent to another replica because one did not answer, by service.");
        _limited = meter.CreateCounter<long>(
            "platform.gateway.rate_limited", "{request}", "Requests refused because their client made too many.");
        _limited.Add(0);
    }

    public void Retried(string? service) => _retries.Add(1, new KeyValuePair<string, object?>("service", service));

    public void RateLimited() => _limited.Add(1);
}
