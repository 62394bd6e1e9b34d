namespace Platform.Inference.Jobs;

internal static partial class JobsLog
{
    [LoggerMessage(LogLevel.Warning, "The workers could not be told of job {Job}; they will be, later")]
    public static partial void NotSent(this ILogger logger, Exception exception, string job);

    [LoggerMessage(LogLevel.Warning, "{Count} jobs wait although nobody is at work; their workers are told again")]
    public static partial void SentAgain(this ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "Job {Job} of {Model} failed through a fault of ours")]
    public static partial void Broken(this ILogger logger, Exception exception, string job, string model);
}
