namespace Platform.Registry.Sessions;

internal static partial class VettingLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The process that tried a model file out {End}. It said: {Said}")]
    public static partial void VettingEnded(this ILogger logger, string end, string said);

    [LoggerMessage(Level = LogLevel.Error, Message = "No process could be started to try a model file out")]
    public static partial void VettingUnavailable(this ILogger logger, Exception exception);
}
