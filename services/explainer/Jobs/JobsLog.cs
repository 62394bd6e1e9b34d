namespace Platform.Explainer.Jobs;

internal static partial class JobsLog
{
    [LoggerMessage(LogLevel.Information, "Explanation {Id} was not finished before the process stopped; it stays queued")]
    public static partial void LeftQueued(ILogger logger, string id);

    [LoggerMessage(LogLevel.Warning, "Explanation {Id} was taken over by another process, or has ended; this one leaves it")]
    public static partial void Lost(ILogger logger, string id);

    [LoggerMessage(LogLevel.Warning, "It could not be noted that explanation {Id} is still being computed here; trying again")]
    public static partial void LeaseNotKept(ILogger logger, Exception exception, string id);

    [LoggerMessage(LogLevel.Error, "Explanation {Id} failed through a fault of ours; it is tried again, a few times")]
    public static partial void Broken(ILogger logger, Exception exception, string id);

    [LoggerMessage(LogLevel.Warning, "The end of explanation {Id} could not be stored; trying again")]
    public static partial void NotStored(ILogger logger, Exception exception, string id);

    [LoggerMessage(LogLevel.Error, "Queued explanations could not be worked on; trying again")]
    public static partial void WorkFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "{Count} explanations were removed, as they are no longer kept")]
    public static partial void Removed(ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "Old explanations could not be removed; trying later")]
    public static partial void RemovalFailed(ILogger logger, Exception exception);
}
