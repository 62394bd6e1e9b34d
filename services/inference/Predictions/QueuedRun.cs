using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Inference.Protocol;
using Platform.Inference.Requests;

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

        if (Left(prediction) is not { } left) return version.Batcher.RunAsync(prediction.Item);
        if (left.Time <= TimeSpan.Zero) return ValueTask.FromResult(left.Ended);
        var running = version.Batcher.RunAsync(prediction.Item);
        return running.IsCompleted ? running : WaitAsync(running, version.Batcher, prediction.Item, left, time);
    }

    private static async ValueTask<BatchResult> WaitAsync(ValueTask<BatchResult> running, Batcher batcher, BatchItem item, TimeLeft left, TimeProvider time)
    {
        using var expiry = new CancellationTokenSource(left.Time, time);
        await using var expired = expiry.Token.UnsafeRegister(_ => batcher.TryRemove(item, left.Ended), null);
        return await running;
    }

    /// <summary>How long the request may wait: what it says itself, or until its caller's deadline; null where neither bounds it.</summary>
    private static TimeLeft? Left(Prediction prediction)
    {
        ref readonly var parameters = ref prediction.Request.Parameters;
        TimeLeft? own = parameters.TimeoutMicros == 0 ? null : new(Timeout(parameters), BatchResult.TimedOut);
        if (prediction.Facts.Deadline.Left is not { } untilDeadline) return own;
        return own is { } wanted && wanted.Time <= untilDeadline ? own : new(untilDeadline, BatchResult.Expired);
    }

    private static TimeSpan Timeout(in RequestParameters parameters) =>
        TimeSpan.FromMicroseconds(Math.Min(parameters.TimeoutMicros, LongestTimeout.TotalMicroseconds));

    /// <summary>How long a request may wait, and how it ends when that has passed.</summary>
    private readonly record struct TimeLeft(TimeSpan Time, BatchResult Ended);
}
