using MassTransit;

namespace Platform.Hosting.Messaging;

/// <summary>
/// A process is ready once its queues are bound, so that it misses nothing; but a broker that is away must not keep it from
/// serving, neither at its start nor later.
/// </summary>
internal sealed class BusReadiness(IBusControl bus, RabbitMqTls tls, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly long _started = time.GetTimestamp();
    private volatile bool _wasConnected;

    /// <summary>What it waits for; null when ready.</summary>
    public string? WaitingFor()
    {
        if (!_wasConnected) _wasConnected = bus.CheckHealth().Status == BusHealthStatus.Healthy;
        return _wasConnected || time.GetElapsedTime(_started) > Patience ? null : tls.Refusal ?? "the message broker";
    }
}
