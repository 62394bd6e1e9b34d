using MassTransit;
using Microsoft.Extensions.Options;

namespace Platform.Inference.Jobs;

internal sealed class SubmitPredictionConsumerDefinition : ConsumerDefinition<SubmitPredictionConsumer>
{
    public const string Queue = "inference-submit-prediction";

    private const int Retries = 5;

    /// <summary>Commands whose jobs are begun at a time, or wait here for room.</summary>
    private const int MostAhead = 16;

    public SubmitPredictionConsumerDefinition(IOptions<JobOptions> options)
    {
        EndpointName = Queue;
        ConcurrentMessageLimit = Math.Min(options.Value.Concurrency, MostAhead);
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<SubmitPredictionConsumer> consumer, IRegistrationContext context)
    {
        // Little is taken from the broker that cannot be begun at once: another process may have room. It does not follow from the limit.
        endpoint.PrefetchCount = ConcurrentMessageLimit!.Value;
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<UnusableCommandException>();
            retry.Exponential(Retries, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1));
        });
    }
}
