namespace Platform.Monitor.State;

internal static partial class StateLog
{
    [LoggerMessage(LogLevel.Error, "Changes could not be stored; the state is read anew from what was")]
    public static partial void ChangeFailed(ILogger logger, Exception exception);
}
