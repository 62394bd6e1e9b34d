namespace Platform.Inference.Predictions;

internal static partial class PredictionsLog
{
    [LoggerMessage(LogLevel.Error, "A shadow of {Model} could not answer, by a fault of ours")]
    public static partial void ShadowBroken(this ILogger logger, Exception exception, string model);
}
