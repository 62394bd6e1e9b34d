namespace Platform.Inference.Scoring;

internal static partial class ScoringLog
{
    [LoggerMessage(LogLevel.Error, "Scoring job {Job} of {Model} failed through a fault of ours")]
    public static partial void Broken(this ILogger logger, Exception exception, string job, string model);

    [LoggerMessage(LogLevel.Warning, "Scoring job {Job} waits, as its documents or its version cannot be had now")]
    public static partial void Waits(this ILogger logger, Exception exception, string job);

    [LoggerMessage(LogLevel.Warning, "Scoring job {Job} was accepted and could not be begun; the sweeper begins it")]
    public static partial void NotBegun(this ILogger logger, Exception exception, string job);
}
