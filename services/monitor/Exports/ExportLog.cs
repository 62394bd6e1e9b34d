namespace Platform.Monitor.Exports;

internal static partial class ExportLog
{
    [LoggerMessage(LogLevel.Warning, "The record of prediction {Id} is not as a record is; an export leaves it out")]
    public static partial void Unreadable(ILogger logger, string id, Exception exception);
}
