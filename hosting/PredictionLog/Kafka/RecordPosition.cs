using System.Globalization;
using Confluent.Kafka;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>The place of one record: <c>partition@offset</c>.</summary>
internal static class RecordPosition
{
    public static LogPosition Of(TopicPartitionOffset at) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{at.Partition.Value}@{at.Offset.Value}"));

    public static TopicPartitionOffset? Find(string topic, LogPosition position)
    {
        var parts = position.Token.Split('@');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                ? new TopicPartitionOffset(topic, partition, offset)
                : null;
    }
}
