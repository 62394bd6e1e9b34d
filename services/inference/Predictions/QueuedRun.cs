using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Inference.Protocol;

namespace Platform.Inference.Predictions;

/// <summary>Takes a request through its version's batcher, and out of the queue again when its caller leaves or its time is up.</summary>
internal static class QueuedRun
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    public static ValueTask<BatchResult> RunAsync(LoadedVersion version, Prediction prediction, TimeProvider time, CancellationToken leaving)
    {
        var (request, settings) = (prediction.Request, version.Batcher.Settings);
        var priority = request.Parameters.Priority == 0 ? settings.DefaultPriority : Math.Min(request.Parameters.Priority, settings.PriorityLevels);
        prediction.Item.Begin(request.Rows, version.WarmUp.CanShare && request.HasRows, priority);

        var running = version.Batcher.RunAsync(prediction.Item);
        if (running.IsCompleted) return running;
        var waiting = new Waiting(version.Batcher, prediction.Item);
        return request.Parameters.TimeoutMicros == 0
            ? WaitAsync(running, waiting, leaving)
            : WaitAsync(running, waiting, Timeout(request.Parameters), time, leaving);
    }

    private static async ValueTask<BatchResult> WaitAsync(ValueTask<BatchResult> running, Waiting waiting, CancellationToken leaving)
    {
        await using var left = leaving.UnsafeRegister(static state => ((Waiting)state!).Leave(), waiting);
        return await running;
    }

    private static async ValueTask<BatchResult> WaitAsync(
        ValueTask<BatchResult> running, Waiting waiting, TimeSpan timeout, TimeProvider time, CancellationToken leaving)
    {
        using var expiry = new CancellationTokenSource(timeout, time);
        await using var expired = expiry.Token.UnsafeRegister(static state => ((Waiting)state!).Expire(), waiting);
        return await WaitAsync(running, waiting, leaving);
    }

    private static TimeSpan Timeout(in RequestParameters parameters) =>
        TimeSpan.FromMicroseconds(Math.Min(parameters.TimeoutMicros, LongestTimeout.TotalMicroseconds));

    private sealed record Waiting(Batcher Batcher, BatchItem Item)
    {
        public void Leave() => Batcher.TryRemove(Item, new BatchResult(BatchStatus.Cancelled, "The caller left before the answer."));

        public void Expire() => Batcher.TryRemove(Item, new BatchResult(BatchStatus.TimedOut, "The request's time-out passed while it waited."));
    }
}
