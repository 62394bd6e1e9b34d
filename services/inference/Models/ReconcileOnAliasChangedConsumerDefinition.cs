using MassTransit;
using Platform.Hosting.Messaging;

namespace Platform.Inference.Models;

internal sealed class ReconcileOnAliasChangedConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<ReconcileOnAliasChangedConsumer>(queues, "inference-reconcile-on-alias-changed")
{
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<ReconcileOnAliasChangedConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.Immediate(3));
}
