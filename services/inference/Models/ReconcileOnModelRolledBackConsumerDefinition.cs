using MassTransit;

namespace Platform.Inference.Models;

internal sealed class ReconcileOnModelRolledBackConsumerDefinition : ConsumerDefinition<ReconcileOnModelRolledBackConsumer>
{
    public ReconcileOnModelRolledBackConsumerDefinition()
    {
        EndpointName = "inference-reconcile-on-model-rolled-back";
        ConcurrentMessageLimit = 1;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<ReconcileOnModelRolledBackConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.Immediate(3));
}
