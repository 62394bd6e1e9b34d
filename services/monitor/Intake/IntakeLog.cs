using Platform.Statistics.Performance;

namespace Platform.Monitor.Intake;

internal static partial class IntakeLog
{
    [LoggerMessage(LogLevel.Warning, "Reading the prediction log was interrupted; going on from the last stored position")]
    public static partial void Interrupted(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Prediction {Id} of {Model} cannot be read and is passed over: {Reason}")]
    public static partial void Unreadable(ILogger logger, string id, string model, string reason);
}
