using Platform.Onnx.Sessions;

namespace Platform.Inference.Batching;

/// <summary>How a request ended.</summary>
internal enum BatchStatus
{
    /// <summary>Its outputs are there.</summary>
    Completed,

    /// <summary>The model could not be run on its inputs.</summary>
    Failed,

    /// <summary>The queue was full.</summary>
    Refused,

    /// <summary>Its own time-out passed while it waited.</summary>
    TimedOut,

    /// <summary>The deadline of its caller's call passed while it waited.</summary>
    Expired,

    /// <summary>Its caller left before it was answered.</summary>
    Cancelled,

    /// <summary>The process that runs the model died with it in its hands.</summary>
    WorkerDied,

    /// <summary>The process that runs the model died earlier and is not back yet.</summary>
    WorkerAway,
}

/// <summary>How a request ended, with the reason when it did not complete.</summary>
internal readonly record struct BatchResult(BatchStatus Status, string? Problem = null)
{
    /// <summary>When it is worth to try again, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static BatchResult CallerLeft => new(BatchStatus.Cancelled, "The caller left before the answer.");

    public static BatchResult TimedOut => new(BatchStatus.TimedOut, "The request's time-out passed while it waited.");

    public static BatchResult Expired => new(BatchStatus.Expired, "The call's deadline passed before its answer.");

    public static BatchResult Completed => new(BatchStatus.Completed);

    public static BatchResult WorkerGone(ModelWorkerException exception) =>
        new(exception.RetryAfter is null ? BatchStatus.WorkerDied : BatchStatus.WorkerAway, exception.Message) { RetryAfter = exception.RetryAfter };
}
