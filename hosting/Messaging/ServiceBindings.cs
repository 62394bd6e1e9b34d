using MassTransit;
using Platform.Contracts;
using RabbitMQ.Client;

namespace Platform.Hosting.Messaging;

/// <summary>
/// Binds the queue of a consumer of an event to the exchange of the platform's own services (<see cref="WireNames.ServicesOf"/>) as well, by which
/// it gets what a subscriber's queue keeps the broker from confirming.
/// </summary>
internal sealed class ServiceBindings(IRabbitMqReceiveEndpointConfigurator endpoint) : IConsumerConfigurationObserver
{
    public void ConsumerConfigured<TConsumer>(IConsumerConfigurator<TConsumer> configurator) where TConsumer : class
    {
        // Only what it consumes matters.
    }

    public void ConsumerMessageConfigured<TConsumer, TMessage>(IConsumerMessageConfigurator<TConsumer, TMessage> configurator)
        where TConsumer : class where TMessage : class
    {
        if (!typeof(IEvent).IsAssignableFrom(typeof(TMessage))) return;
        endpoint.Bind(WireNames.ServicesOf(MessageTypes.NameOf(typeof(TMessage))), binding =>
            (binding.ExchangeType, binding.Durable, binding.AutoDelete) = (ExchangeType.Fanout, true, false));
    }
}
