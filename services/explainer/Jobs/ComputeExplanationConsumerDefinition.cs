using MassTransit;

namespace Platform.Explainer.Jobs;

internal sealed class ComputeExplanationConsumerDefinition : ConsumerDefinition<ComputeExplanationConsumer>
{
    public const string Queue = "explainer-compute-explanation";

    /// <summary>Attempts after the first, with growing pauses: about half a minute for the store to come back.</summary>
    private const int Retries = 5;

    /// <summary>Commands that are stored at a time; those that wait for room wait in the broker but for these.</summary>
    private const int Concurrency = 4;

    public ComputeExplanationConsumerDefinition()
    {
        EndpointName = Queue;
        ConcurrentMessageLimit = Concurrency;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ComputeExplanationConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = Concurrency; // which does not follow from the limit
        consumerConfigurator.UseMessageRetry(retry =>
        {
            retry.Ignore<UnusableCommandException>();
            retry.Exponential(Retries, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1));
        });
    }
}
