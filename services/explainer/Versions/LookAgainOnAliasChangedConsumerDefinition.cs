using MassTransit;

namespace Platform.Explainer.Versions;

internal sealed class LookAgainOnAliasChangedConsumerDefinition : ConsumerDefinition<LookAgainOnAliasChangedConsumer>
{
    public LookAgainOnAliasChangedConsumerDefinition()
    {
        EndpointName = "explainer-look-again-on-alias-changed";
        ConcurrentMessageLimit = 1;
    }
}
