using MassTransit;
using Platform.Contracts.Registry;
using Platform.Hosting.Messaging;

namespace Platform.Hosting.Keys;

internal sealed class RereadOnKeysChangedConsumer(KeyReconciler keys) : IConsumer<KeysChanged>
{
    public Task Consume(ConsumeContext<KeysChanged> context)
    {
        keys.Signal();
        return Task.CompletedTask;
    }
}

internal sealed class RereadOnKeysChangedConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<RereadOnKeysChangedConsumer>(queues, "access-reread-on-keys-changed")
{
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<RereadOnKeysChangedConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.Immediate(3));
}
