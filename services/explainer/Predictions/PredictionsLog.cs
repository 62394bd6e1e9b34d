namespace Platform.Explainer.Predictions;

internal static partial class PredictionsLog
{
    [LoggerMessage(LogLevel.Error, "Following the prediction log failed; beginning again from the stored position")]
    public static partial void FollowingFailed(ILogger logger, Exception exception);
}
