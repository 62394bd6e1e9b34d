namespace Platform.Hosting.Work;

internal static partial class WorkLog
{
    [LoggerMessage(LogLevel.Warning, "It could not be noted that this process is alive; trying again")]
    public static partial void NotBeaten(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "What came of {Id} could not be stored")]
    public static partial void NotStored(this ILogger logger, Exception exception, string id);

    [LoggerMessage(LogLevel.Information, "{Id} was stopped, and ended with an error")]
    public static partial void BrokenOff(this ILogger logger, Exception exception, string id);

    [LoggerMessage(LogLevel.Information, "{Id} was not finished here; it is queued again")]
    public static partial void PutBack(this ILogger logger, string id);

    [LoggerMessage(LogLevel.Warning, "{Id} was left by a process that died; it is queued again")]
    public static partial void Abandoned(this ILogger logger, string id);

    [LoggerMessage(LogLevel.Information, "{Count} were removed, as they are no longer kept")]
    public static partial void Removed(this ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "Queued work could not be looked after; trying again")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);
}
