using MassTransit;

namespace Platform.Registry.Promotions;

internal sealed class RollBackOnAlertRaisedConsumerDefinition : ConsumerDefinition<RollBackOnAlertRaisedConsumer>
{
    /// <summary>An alert is raised once: a store that is away for a few minutes must not lose it.</summary>
    private const int Retries = 20;

    public RollBackOnAlertRaisedConsumerDefinition()
    {
        EndpointName = "registry-roll-back-on-alert-raised";
        ConcurrentMessageLimit = 1;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<RollBackOnAlertRaisedConsumer> consumer, IRegistrationContext context)
    {
        endpoint.PrefetchCount = ConcurrentMessageLimit!.Value;
        endpoint.UseMessageRetry(retry => retry.Exponential(Retries, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2)));
    }
}
