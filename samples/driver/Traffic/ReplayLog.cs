namespace Platform.SampleDriver.Traffic;

internal static partial class ReplayLog
{
    [LoggerMessage(LogLevel.Warning, "The replayed traffic of {Model} is interrupted: {Reason}")]
    public static partial void Interrupted(ILogger logger, string model, string reason);

    [LoggerMessage(LogLevel.Information, "The replayed traffic of {Model} goes on")]
    public static partial void Resumed(ILogger logger, string model);
}
