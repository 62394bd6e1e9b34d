using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Hosting.Messaging;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Messaging;

[Collection(MessagingServers.Name)]
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

    [Fact]
    public async Task The_queue_of_a_replica_goes_with_it()
    {
        await using (await StartAsync(new Heard("test-gone")))
            Assert.Contains("test-every.replica-", await server.ControlAsync("list_queues", "--no-table-headers", "name"));

        await Eventually.TrueAsync(
            async () => !(await server.ControlAsync("list_queues", "--no-table-headers", "name")).Contains("test-every.replica-", StringComparison.Ordinal),
            "the queue is gone");
    }

    private Task<TestKit.TestHost> StartAsync(Heard heard) => RabbitMqHosts.StartAsync(server,
        services => services.AddSingleton(heard),
        new ServiceMessaging("test", bus => bus.AddConsumer<Listener, EveryReplicaDefinition>()));

    private sealed class EveryReplicaDefinition(ReplicaQueues queues) : EveryReplicaConsumerDefinition<Listener>(queues, "test-every");
}
