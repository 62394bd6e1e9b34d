namespace Platform.Hosting.Outbox;

internal static partial class OutboxLog
{
    [LoggerMessage(LogLevel.Warning, "Event {Sequence} of {Service} could not be published; trying again in {Delay}")]
    public static partial void PublishFailed(ILogger logger, Exception exception, string service, long sequence, TimeSpan delay);

    [LoggerMessage(LogLevel.Error, "Event {Sequence} of {Service} has the type {Type}, which this version of the platform does not know; it is not published")]
    public static partial void UnknownType(ILogger logger, string service, long sequence, string type);

    [LoggerMessage(LogLevel.Warning, "The turn to publish events of {Service} has ended; waiting for the next")]
    public static partial void TurnLost(ILogger logger, Exception exception, string service);

    [LoggerMessage(LogLevel.Warning, "A queue that somebody bound to the events of {Service} refuses them, from event {Sequence} on: it is full. It misses what it refuses; nobody else does")]
    public static partial void Refused(ILogger logger, Exception exception, string service, long sequence);

    [LoggerMessage(LogLevel.Warning, "A queue that somebody bound to the events of {Service} holds up their confirmation, from event {Sequence} on; nobody else waits for it any more")]
    public static partial void HeldUp(ILogger logger, Exception exception, string service, long sequence);

    [LoggerMessage(LogLevel.Warning, "It could not be seen which events of {Service} wait to be published; looking again")]
    public static partial void LookFailed(ILogger logger, Exception exception, string service);
}
