using Platform.Monitor.Versions;

namespace Platform.Monitor.Baselines;

internal static partial class BaselinesLog
{
    [LoggerMessage(LogLevel.Warning, "The registry does not know {Version}; its traffic is counted but compared with nothing")]
    public static partial void UnknownVersion(ILogger logger, VersionKey version);

    [LoggerMessage(LogLevel.Error, "The reference of {Version} cannot be read; its traffic is compared with nothing")]
    public static partial void UnreadableReference(ILogger logger, Exception exception, VersionKey version);

    [LoggerMessage(LogLevel.Error, "The groups that the metadata of {Version} compare cannot be made; its fairness is not watched")]
    public static partial void UnusableGroups(ILogger logger, Exception exception, VersionKey version);
}
