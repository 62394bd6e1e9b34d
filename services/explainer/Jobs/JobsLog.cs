namespace Platform.Explainer.Jobs;

internal static partial class JobsLog
{
    [LoggerMessage(LogLevel.Information, "Explanation {Id} was not finished before the process stopped; it stays queued")]
    public static partial void LeftQueued(ILogger logger, string id);

    [LoggerMessage(LogLevel.Warning, "The command to compute explanation {Id} could not be sent; it is sent again")]
    public static partial void NotSent(ILogger logger, Exception exception, string id);

    [LoggerMessage(LogLevel.Error, "Queued explanations could not be sent again; trying later")]
    public static partial void ResendFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "{Count} explanations were removed, as they are no longer kept")]
    public static partial void Removed(ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "Old explanations could not be removed; trying later")]
    public static partial void RemovalFailed(ILogger logger, Exception exception);
}
