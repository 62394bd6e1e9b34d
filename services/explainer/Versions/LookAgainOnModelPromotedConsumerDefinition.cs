using MassTransit;

namespace Platform.Explainer.Versions;

internal sealed class LookAgainOnModelPromotedConsumerDefinition : ConsumerDefinition<LookAgainOnModelPromotedConsumer>
{
    public LookAgainOnModelPromotedConsumerDefinition()
    {
        EndpointName = "explainer-look-again-on-model-promoted";
        ConcurrentMessageLimit = 1;
    }
}
