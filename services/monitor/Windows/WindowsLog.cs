namespace Platform.Monitor.Windows;

internal static partial class WindowsLog
{
    [LoggerMessage(LogLevel.Warning, "Windows could not be looked at; trying again at the next tick")]
    public static partial void TickFailed(ILogger logger, Exception exception);
}
