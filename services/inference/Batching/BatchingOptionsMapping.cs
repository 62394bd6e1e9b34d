using Platform.Inference.Settings;

namespace Platform.Inference.Batching;

internal static class BatchingOptionsMapping
{
    public static BatchSettings ToSettings(this BatchingOptions options) => new()
    {
        MaxBatchSize = options.MaxBatchSize > 0 ? options.MaxBatchSize : null,
        PreferredBatchSize = options.PreferredBatchSize,
        MaxDelay = options.MaxDelay,
        MaxQueueLength = options.MaxQueueLength,
        Runners = options.Runners > 0 ? options.Runners : Environment.ProcessorCount,
        MaxRunTime = options.MaxRunTime,
    };
}
