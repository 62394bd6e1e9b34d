using MassTransit;
using Platform.Hosting.Messaging;

namespace Platform.Monitor.Deployments;

internal sealed class LookAgainOnRolloutSteppedConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<LookAgainOnRolloutSteppedConsumer>(queues, "monitor-look-again-on-rollout-stepped")
{
    // The signal cannot fail, and a lost one is made good by the periodic look: nothing is worth a retry.
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<LookAgainOnRolloutSteppedConsumer> consumer,
        IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.None());
}
