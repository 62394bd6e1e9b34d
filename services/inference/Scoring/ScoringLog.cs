namespace Platform.Inference.Scoring;

internal static partial class ScoringLog
{
    [LoggerMessage(LogLevel.Error, "Scoring job {Job} of {Model} failed through a fault of ours")]
    public static partial void Broken(this ILogger logger, Exception exception, string job, string model);

    [LoggerMessage(LogLevel.Warning, "Scoring job {Job} waits, as its documents cannot be read or written now")]
    public static partial void Waits(this ILogger logger, Exception exception, string job);
}
