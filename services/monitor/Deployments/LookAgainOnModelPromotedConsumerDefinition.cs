using MassTransit;
using Platform.Hosting.Messaging;

namespace Platform.Monitor.Deployments;

internal sealed class LookAgainOnModelPromotedConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<LookAgainOnModelPromotedConsumer>(queues, "monitor-look-again-on-model-promoted")
{
    // The signal cannot fail, and a lost one is made good by the periodic look: nothing is worth a retry.
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<LookAgainOnModelPromotedConsumer> consumer,
        IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.None());
}
