namespace Platform.Monitor.Announcements;

internal static partial class RoutesLog
{
    [LoggerMessage(LogLevel.Warning, "How the versions of {Model} fare could not be told; it will be in the next message")]
    public static partial void NotAnnounced(ILogger logger, Exception exception, string model);
}
