using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Hosting.Messaging;
using Platform.Integration.Tests.Servers;

namespace Platform.Integration.Tests.Messaging;

[Collection(ServersCollection.Name)]
public sealed class EveryReplicaTests(RabbitMqServer server)
{
    [Fact]
    public async Task A_consumer_for_every_replica_hears_each_message_in_each()
    {
        var (first, second) = (new Heard("test-every"), new Heard("test-every"));
        await using var one = await StartAsync(first);
        await using var two = await StartAsync(second);

        await one.Bus().Publish(new ModelPromoted { Version = "1" });

        await first.AtLeastAsync(1);
        await second.AtLeastAsync(1);
    }

    private Task<TestKit.TestHost> StartAsync(Heard heard) => RabbitMqHosts.StartAsync(server,
        services => services.AddSingleton(heard),
        new ServiceMessaging("test", bus => bus.AddConsumer<Listener, EveryReplicaDefinition>()));

    private sealed class EveryReplicaDefinition(ReplicaQueues queues) : EveryReplicaConsumerDefinition<Listener>(queues, "test-every");
}
