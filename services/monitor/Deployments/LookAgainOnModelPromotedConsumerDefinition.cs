using MassTransit;

namespace Platform.Monitor.Deployments;

internal sealed class LookAgainOnModelPromotedConsumerDefinition : ConsumerDefinition<LookAgainOnModelPromotedConsumer>
{
    public LookAgainOnModelPromotedConsumerDefinition()
    {
        EndpointName = "monitor-look-again-on-model-promoted";
        ConcurrentMessageLimit = 1;
    }

    // The signal cannot fail, and a lost one is made good by the periodic look: nothing is worth a retry.
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<LookAgainOnModelPromotedConsumer> consumer,
        IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.None());
}
