using MassTransit;

namespace Platform.Explainer.Versions;

internal sealed class LookAgainOnModelRolledBackConsumerDefinition : ConsumerDefinition<LookAgainOnModelRolledBackConsumer>
{
    public LookAgainOnModelRolledBackConsumerDefinition()
    {
        EndpointName = "explainer-look-again-on-model-rolled-back";
        ConcurrentMessageLimit = 1;
    }
}
