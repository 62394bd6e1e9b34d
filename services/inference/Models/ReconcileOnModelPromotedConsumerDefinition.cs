using MassTransit;
using Platform.Hosting.Messaging;

namespace Platform.Inference.Models;

internal sealed class ReconcileOnModelPromotedConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<ReconcileOnModelPromotedConsumer>(queues, "inference-reconcile-on-model-promoted")
{
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<ReconcileOnModelPromotedConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.Immediate(3));
}
