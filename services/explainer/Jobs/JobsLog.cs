namespace Platform.Explainer.Jobs;

internal static partial class JobsLog
{
    [LoggerMessage(LogLevel.Error, "Explanation {Id} failed through a fault of ours; it is tried again, a few times")]
    public static partial void Broken(ILogger logger, Exception exception, string id);

    [LoggerMessage(LogLevel.Error, "Queued explanations could not be worked on; trying again")]
    public static partial void WorkFailed(ILogger logger, Exception exception);
}
