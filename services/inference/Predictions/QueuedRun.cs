using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Inference.Protocol;

namespace Platform.Inference.Predictions;

/// <summary>Takes a request through its version's batcher, and out of the queue again when its time is up.</summary>
internal static class QueuedRun
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    public static ValueTask<BatchResult> RunAsync(LoadedVersion version, Prediction prediction, TimeProvider time)
    {
        var (request, settings) = (prediction.Request, version.Batcher.Settings);
        var priority = request.Parameters.Priority == 0 ? settings.DefaultPriority : Math.Min(request.Parameters.Priority, settings.PriorityLevels);
        var apart = version.WarmUp.CanShare && request.HasRows;
        var hasGaps = apart && !request.IsFinite();
        prediction.Item.Begin(request.Rows, apart && !hasGaps && request.Optional.Count == 0, priority, rowByRow: hasGaps);
        if (EmptyRequest.Find(version, prediction) is { } ended) return ValueTask.FromResult(ended);

        var running = version.Batcher.RunAsync(prediction.Item);
        return request.Parameters.TimeoutMicros == 0 || running.IsCompleted
            ? running
            : WaitAsync(running, version.Batcher, prediction.Item, Timeout(request.Parameters), time);
    }

    private static async ValueTask<BatchResult> WaitAsync(
        ValueTask<BatchResult> running, Batcher batcher, BatchItem item, TimeSpan timeout, TimeProvider time)
    {
        using var expiry = new CancellationTokenSource(timeout, time);
        await using var expired = expiry.Token.UnsafeRegister(_ => Expire(batcher, item), null);
        return await running;
    }

    private static void Expire(Batcher batcher, BatchItem item) =>
        batcher.TryRemove(item, new BatchResult(BatchStatus.TimedOut, "The request's time-out passed while it waited."));

    private static TimeSpan Timeout(in RequestParameters parameters) =>
        TimeSpan.FromMicroseconds(Math.Min(parameters.TimeoutMicros, LongestTimeout.TotalMicroseconds));
}
