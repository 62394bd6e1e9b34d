using Confluent.Kafka;

namespace Platform.Hosting.PredictionLog.Kafka;

internal static partial class KafkaLog
{
    [LoggerMessage(LogLevel.Warning, "Forwarding the prediction log to Kafka was interrupted; records stay in the local log and are sent again from {Number} on")]
    public static partial void ForwardingInterrupted(ILogger logger, Exception exception, long number);

    [LoggerMessage(LogLevel.Warning, "The prediction log had been forwarded up to record {Number} but holds only {Records}; it is taken for a new one")]
    public static partial void MarkAhead(ILogger logger, long number, long records);

    [LoggerMessage(LogLevel.Error, "Kafka refuses prediction {Id} for good and it is given up: {Reason}")]
    public static partial void Refused(ILogger logger, string id, string reason);

    [LoggerMessage(LogLevel.Warning, "The topic {Topic} could not be made: {Reason}")]
    public static partial void TopicNotMade(ILogger logger, string topic, string reason);

    [LoggerMessage(LogLevel.Error, "The topic {Topic} takes messages of {Bytes} bytes, but records may have {Limit}: those in between may be refused for good. Raise the topic's max.message.bytes, or lower PredictionLog:Kafka:MaxMessageBytes")]
    public static partial void LimitTooLow(ILogger logger, string topic, long bytes, long limit);

    [LoggerMessage(LogLevel.Error, "Kafka no longer had {Records} records of partition {Partition} that {Consumer} had not read")]
    public static partial void Missed(ILogger logger, long records, int partition, string consumer);

    [LoggerMessage(LogLevel.Error, "A record of the prediction log in Kafka, {Offset}, is not valid and is passed over")]
    public static partial void Unreadable(ILogger logger, Exception exception, TopicPartitionOffset offset);

    [LoggerMessage(LogLevel.Warning, "Kafka does not answer: {Reason}")]
    public static partial void Away(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "Kafka is not believed, or does not believe us: {Reason}")]
    public static partial void NotTrusted(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Debug, "Kafka client: {Message}")]
    public static partial void Client(ILogger logger, string message);
}
