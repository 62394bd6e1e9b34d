namespace Platform.Registry.MLflow.Webhooks;

internal static partial class WebhookLog
{
    [LoggerMessage(LogLevel.Error, "Webhooks could not be delivered; trying again")]
    public static partial void SendingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The webhook '{Webhook}' is not told of event {Sequence}: given up after {Attempts} attempts: {Problem}")]
    public static partial void GivenUp(this ILogger logger, string webhook, long sequence, int attempts, string problem);
}
