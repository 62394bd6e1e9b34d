using MassTransit;
using Platform.Contracts;

namespace Platform.Inference.Models;

/// <summary>Tells the others what was loaded and what could not be. Serving never waits for a broker that is away.</summary>
internal sealed class ModelAnnouncer(IBusControl bus, TimeProvider time, ILogger<ModelAnnouncer> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>No longer than the bus's first pause: what a subscriber's full queue refuses must not be said to all others again and again.</summary>
    private static readonly TimeSpan Once = TimeSpan.FromSeconds(4);

    /// <summary>Publishes in the background; what cannot be published is logged.</summary>
    public void Announce<T>(T message) where T : class, IEvent => _ = PublishAsync(message);

    private async Task PublishAsync<T>(T message) where T : class, IEvent
    {
        try
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, Patience);
            using var once = new CancellationTokenSource(Once, time);
            await bus.Publish(message, once.Token);
        }
#pragma warning disable CA1031 // nobody awaits this: what went wrong must be seen here or nowhere
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.PublishFailed(exception);
        }
    }
}
