using MassTransit;
using Platform.Hosting.Messaging;

namespace Platform.Inference.Models;

internal sealed class ReconcileOnRolloutSteppedConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<ReconcileOnRolloutSteppedConsumer>(queues, "inference-reconcile-on-rollout-stepped")
{
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<ReconcileOnRolloutSteppedConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.Immediate(3));
}
