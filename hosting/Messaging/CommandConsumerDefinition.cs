using MassTransit;

namespace Platform.Hosting.Messaging;

/// <summary>
/// A consumer that takes commands over into its service's store. A fault of the store or the broker is tried again, with growing pauses, for about half a
/// minute; an <see cref="UnusableCommandException"/> is not.
/// </summary>
public abstract class CommandConsumerDefinition<TConsumer> : ConsumerDefinition<TConsumer> where TConsumer : class, IConsumer
{
    private const int Retries = 5;

    /// <summary>Names the queue, and how many commands are taken over at a time, or wait here for room.</summary>
    protected CommandConsumerDefinition(string queue, int concurrency) => (EndpointName, ConcurrentMessageLimit) = (queue, concurrency);

    /// <inheritdoc />
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TConsumer> consumerConfigurator, IRegistrationContext context)
    {
        // Little is taken from the broker that cannot be begun at once: another process may have room. It does not follow from the limit.
        endpointConfigurator.PrefetchCount = ConcurrentMessageLimit!.Value;
        endpointConfigurator.UseMessageRetry(retry =>
        {
            retry.Ignore<UnusableCommandException>();
            retry.Exponential(Retries, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1));
        });
    }
}
