namespace Platform.Inference.Jobs;

internal static partial class JobsLog
{
    [LoggerMessage(LogLevel.Warning, "The workers could not be told of job {Job}; they will be, later")]
    public static partial void NotSent(this ILogger logger, Exception exception, string job);

    [LoggerMessage(LogLevel.Warning, "What came of job {Job} could not be stored")]
    public static partial void NotStored(this ILogger logger, Exception exception, string job);

    [LoggerMessage(LogLevel.Information, "Job {Job} was not finished before the process stopped; it is queued again")]
    public static partial void PutBack(this ILogger logger, string job);

    [LoggerMessage(LogLevel.Warning, "Job {Job} was left by a process that died; it is queued again")]
    public static partial void Abandoned(this ILogger logger, string job);

    [LoggerMessage(LogLevel.Warning, "{Count} jobs wait although nobody is at work; their workers are told again")]
    public static partial void SentAgain(this ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "Job {Job} of {Model} failed through a fault of ours")]
    public static partial void Broken(this ILogger logger, Exception exception, string job, string model);

    [LoggerMessage(LogLevel.Information, "{Count} jobs were removed, as they are no longer kept")]
    public static partial void Removed(this ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "Jobs could not be looked after; trying again")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);
}
