using MassTransit;

namespace Platform.Inference.Models;

internal sealed class ReconcileOnAliasChangedConsumerDefinition : ConsumerDefinition<ReconcileOnAliasChangedConsumer>
{
    public ReconcileOnAliasChangedConsumerDefinition()
    {
        EndpointName = "inference-reconcile-on-alias-changed";
        ConcurrentMessageLimit = 1;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<ReconcileOnAliasChangedConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.Immediate(3));
}
