using MassTransit;
using Platform.Hosting.Messaging;

namespace Platform.Monitor.Deployments;

internal sealed class LookAgainOnAliasChangedConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<LookAgainOnAliasChangedConsumer>(queues, "monitor-look-again-on-alias-changed")
{
    // The signal cannot fail, and a lost one is made good by the periodic look: nothing is worth a retry.
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<LookAgainOnAliasChangedConsumer> consumer,
        IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.None());
}
