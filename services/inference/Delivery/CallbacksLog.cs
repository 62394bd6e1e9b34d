namespace Platform.Inference.Delivery;

internal static partial class CallbacksLog
{
    [LoggerMessage(LogLevel.Error, "Callbacks could not be sent; trying again")]
    public static partial void SendingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The callback of job {Job} is given up after {Attempts} attempts: {Problem}")]
    public static partial void GivenUp(this ILogger logger, string job, int attempts, string problem);
}
