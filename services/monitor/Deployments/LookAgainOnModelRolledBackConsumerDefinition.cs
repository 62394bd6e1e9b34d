using MassTransit;
using Platform.Hosting.Messaging;

namespace Platform.Monitor.Deployments;

internal sealed class LookAgainOnModelRolledBackConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<LookAgainOnModelRolledBackConsumer>(queues, "monitor-look-again-on-model-rolled-back")
{
    // The signal cannot fail, and a lost one is made good by the periodic look: nothing is worth a retry.
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<LookAgainOnModelRolledBackConsumer> consumer,
        IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.None());
}
