using MassTransit;

namespace Platform.Inference.Models;

internal sealed class ReconcileOnModelPromotedConsumerDefinition : ConsumerDefinition<ReconcileOnModelPromotedConsumer>
{
    public ReconcileOnModelPromotedConsumerDefinition()
    {
        EndpointName = "inference-reconcile-on-model-promoted";
        ConcurrentMessageLimit = 1;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<ReconcileOnModelPromotedConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.Immediate(3));
}
