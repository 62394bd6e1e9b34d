using Confluent.Kafka;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Kafka;

namespace Platform.Export;

/// <summary>What the topic holds at the moment, each record once, those of a model in their order.</summary>
internal static class TopicRecords
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Throws <see cref="IOException"/> when Kafka does not answer or there is no such topic.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(KafkaOptions options)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(KafkaClients.Consumer(options, "platform.export"))
            .SetErrorHandler((_, _) => { }) // what keeps us from reading is told below
            .SetLogHandler((_, _) => { })
            .Build();
        var ends = Partitions(consumer, options.Topic).ToDictionary(partition => partition, partition => consumer.QueryWatermarkOffsets(partition, Patience));
        var open = ends.Where(end => end.Value.High > end.Value.Low).Select(end => end.Key).ToHashSet();
        var seen = ends.Keys.ToDictionary(partition => partition, _ => new PartitionPosition());
        consumer.Assign(open.Select(partition => new TopicPartitionOffset(partition, ends[partition].Low)));
        while (open.Count > 0)
        {
            // A record behind the end has come since: its partition is done.
            var result = consumer.Consume(Patience) ?? throw new IOException($"Kafka at {options.BootstrapServers} does not answer any more.");
            if (result.Offset + 1 >= ends[result.TopicPartition].High) open.Remove(result.TopicPartition);
            if (result.Offset < ends[result.TopicPartition].High && IsNew(result, seen[result.TopicPartition])) yield return result.Message.Value;
        }
    }

    private static IEnumerable<TopicPartition> Partitions(IConsumer<byte[], byte[]> consumer, string topic)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var found = admin.GetMetadata(topic, Patience).Topics.FirstOrDefault(candidate => candidate.Topic == topic);
        return found is { Partitions.Count: > 0 }
            ? found.Partitions.Select(partition => new TopicPartition(topic, partition.PartitionId))
            : throw new IOException($"Kafka has no topic {topic}.");
    }

    private static bool IsNew(ConsumeResult<byte[], byte[]> result, PartitionPosition seen)
    {
        try
        {
            return seen.IsNew(PredictionLogEntry.Read(default, result.Message.Value ?? []).Spool, result.Offset);
        }
        catch (System.Text.Json.JsonException)
        {
            return false; // not a record, whoever put it there
        }
    }
}
