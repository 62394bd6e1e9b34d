using MassTransit;

namespace Platform.Monitor.Deployments;

internal sealed class LookAgainOnModelRolledBackConsumerDefinition : ConsumerDefinition<LookAgainOnModelRolledBackConsumer>
{
    public LookAgainOnModelRolledBackConsumerDefinition()
    {
        EndpointName = "monitor-look-again-on-model-rolled-back";
        ConcurrentMessageLimit = 1;
    }

    // The signal cannot fail, and a lost one is made good by the periodic look: nothing is worth a retry.
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<LookAgainOnModelRolledBackConsumer> consumer,
        IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.None());
}
