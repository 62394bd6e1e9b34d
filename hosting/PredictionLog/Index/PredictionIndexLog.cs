namespace Platform.Hosting.PredictionLog.Index;

internal static partial class PredictionIndexLog
{
    [LoggerMessage(LogLevel.Error, "Following the prediction log failed; beginning again from the stored position")]
    public static partial void FollowingFailed(ILogger logger, Exception exception);
}
