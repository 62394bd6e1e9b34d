using Platform.Hosting.Messaging;

namespace Platform.Explainer.Jobs;

internal sealed class ComputeExplanationConsumerDefinition() : CommandConsumerDefinition<ComputeExplanationConsumer>(Queue, Concurrency)
{
    public const string Queue = "explainer-compute-explanation";

    /// <summary>Commands that are stored at a time; those that wait for room wait in the broker but for these.</summary>
    private const int Concurrency = 4;
}
