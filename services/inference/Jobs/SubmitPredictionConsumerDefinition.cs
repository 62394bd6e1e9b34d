using Microsoft.Extensions.Options;
using Platform.Hosting.Messaging;

namespace Platform.Inference.Jobs;

internal sealed class SubmitPredictionConsumerDefinition(IOptions<JobOptions> options)
    : CommandConsumerDefinition<SubmitPredictionConsumer>(Queue, Math.Min(options.Value.Concurrency, MostAhead))
{
    public const string Queue = "inference-submit-prediction";

    private const int MostAhead = 16;
}
