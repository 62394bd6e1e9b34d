using MassTransit;
using Microsoft.Extensions.Options;

namespace Platform.Explainer.Jobs;

internal sealed class ComputeExplanationConsumerDefinition : ConsumerDefinition<ComputeExplanationConsumer>
{
    public const string Queue = "explainer-compute-explanation";

    /// <summary>Attempts after the first, with growing pauses: about half a minute for the registry to come back.</summary>
    public const int Retries = 5;

    public ComputeExplanationConsumerDefinition(IOptions<ExplainerOptions> options)
    {
        EndpointName = Queue;
        ConcurrentMessageLimit = options.Value.JobConcurrency;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ComputeExplanationConsumer> consumerConfigurator,
        IRegistrationContext context) =>
        consumerConfigurator.UseMessageRetry(retry =>
        {
            retry.Ignore<UnusableCommandException>();
            retry.Exponential(Retries, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1));
        });
}
