using MassTransit;
using Platform.Hosting.Messaging;

namespace Platform.Inference.Models;

internal sealed class ReconcileOnModelRolledBackConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<ReconcileOnModelRolledBackConsumer>(queues, "inference-reconcile-on-model-rolled-back")
{
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<ReconcileOnModelRolledBackConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.Immediate(3));
}
