using MassTransit;

namespace Platform.Monitor.Deployments;

internal sealed class LookAgainOnAliasChangedConsumerDefinition : ConsumerDefinition<LookAgainOnAliasChangedConsumer>
{
    public LookAgainOnAliasChangedConsumerDefinition()
    {
        EndpointName = "monitor-look-again-on-alias-changed";
        ConcurrentMessageLimit = 1;
    }

    // The signal cannot fail, and a lost one is made good by the periodic look: nothing is worth a retry.
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<LookAgainOnAliasChangedConsumer> consumer,
        IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.None());
}
