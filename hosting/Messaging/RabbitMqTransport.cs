using MassTransit;
using Platform.Contracts;

namespace Platform.Hosting.Messaging;

/// <summary>
/// The bus over RabbitMQ: raw JSON, exchanges by wire names, durable quorum queues, confirmed publications, a bounded prefetch,
/// and a dead-letter queue beside each queue, whose messages carry the reason in their headers.
/// </summary>
internal static class RabbitMqTransport
{
    // A queue keeps the arguments it was made with, and refuses others: these are no options.
    private static readonly Dictionary<string, object> QueueArguments = new()
    {
        ["x-delivery-limit"] = 20, // handed out once and this often again, to processes that died of it, a message is dead-lettered
        ["x-max-length"] = 1_000_000, // beyond it the broker refuses, and the outbox waits
        ["x-overflow"] = "reject-publish",
        ["x-dead-letter-strategy"] = "at-least-once",
    };

    private static readonly Dictionary<string, object> DeadLetterArguments = new()
    {
        ["x-queue-type"] = "quorum",
        ["x-max-length"] = 100_000, // the oldest go first
    };

    public static void Configure(IRabbitMqBusFactoryConfigurator transport, IBusRegistrationContext context, RabbitMqOptions options, RabbitMqTls tls)
    {
        Connect(transport, options, tls);
        transport.PrefetchCount = options.Prefetch;
        transport.MessageTopology.SetEntityNameFormatter(new WireNames(transport.MessageTopology.EntityNameFormatter));
        transport.SendTopology.ErrorQueueNameFormatter = new DeadLetterNames();
        transport.SendTopology.DeadLetterQueueNameFormatter = new DeadLetterNames();
        transport.SendTopology.ConfigureErrorSettings = MakeDeadLetterQueue;
        transport.SendTopology.ConfigureDeadLetterSettings = MakeDeadLetterQueue;
        transport.Publish<IMessage>(topology => topology.Exclude = true);
        transport.Publish<ICommand>(topology => topology.Exclude = true);
        transport.ConfigureEndpoints(context);
    }

    /// <summary>What every queue has in common, whatever consumes it.</summary>
    public static void ConfigureEndpoint(string queue, IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PublishFaults = false; // the dead-letter queue says it
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit) return;
        rabbit.ConnectConsumerConfigurationObserver(new ServiceBindings(rabbit));
        if (ReplicaQueues.IsReplicaQueue(queue)) return;
        rabbit.SetQuorumQueue();
        foreach (var (name, value) in QueueArguments) rabbit.SetQueueArgument(name, value);
        rabbit.BindDeadLetterQueue(DeadLetterNames.Of(queue), DeadLetterNames.Of(queue), MakeDeadLetterQueue);
    }

    /// <summary>
    /// MassTransit would give a dead-letter queue the arguments of its queue, and let it dead-letter to itself.
    /// </summary>
    private static void MakeDeadLetterQueue(IRabbitMqQueueBindingConfigurator queue)
    {
        foreach (var name in QueueArguments.Keys.Append("x-dead-letter-exchange")) queue.SetQueueArgument(name, (object?)null);
        foreach (var (name, value) in DeadLetterArguments) queue.SetQueueArgument(name, value);
    }

    private static void Connect(IRabbitMqBusFactoryConfigurator transport, RabbitMqOptions options, RabbitMqTls tls) =>
        transport.Host(options.Host, options.Port, options.VirtualHost, host =>
        {
            host.Username(options.User);
            host.Password(options.Password);
            host.PublisherConfirmation = true;
            tls.Configure(host);
        });
}
