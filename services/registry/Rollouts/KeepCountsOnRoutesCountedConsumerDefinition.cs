using MassTransit;

namespace Platform.Registry.Rollouts;

internal sealed class KeepCountsOnRoutesCountedConsumerDefinition : ConsumerDefinition<KeepCountsOnRoutesCountedConsumer>
{
    /// <summary>Counts that cannot be stored are told anew in a few seconds.</summary>
    private const int Retries = 3;

    public KeepCountsOnRoutesCountedConsumerDefinition()
    {
        EndpointName = "registry-keep-counts-on-routes-counted";
        ConcurrentMessageLimit = 1;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<KeepCountsOnRoutesCountedConsumer> consumer, IRegistrationContext context)
    {
        endpoint.PrefetchCount = ConcurrentMessageLimit!.Value;
        endpoint.UseMessageRetry(retry => retry.Exponential(Retries, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1)));
    }
}
