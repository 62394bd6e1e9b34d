namespace Platform.Inference.Predictions;

internal static partial class RecordingLog
{
    [LoggerMessage(LogLevel.Error, "A prediction of {Model} {Version} could not be recorded")]
    public static partial void RecordLost(this ILogger logger, Exception exception, string model, string version);

    [LoggerMessage(LogLevel.Error, "A prediction of {Model} {Version} was not answered, because its record could not be brought to the disk")]
    public static partial void RecordWaits(this ILogger logger, Exception exception, string model, string version);
}
