using System.Diagnostics;
using Confluent.Kafka;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>Assigns every partition of a topic to a consumer, those that are added later too.</summary>
internal sealed class TopicPartitions(string topic, IConsumer<byte[], byte[]> consumer, KafkaPosition position)
{
    private static readonly TimeSpan WhenMissing = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WhenKnown = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private long _asked;
    private int _assigned;

    /// <summary>Asks how many partitions there are, if it is time to, and goes on where the position stands in the new ones.</summary>
    public void Refresh()
    {
        var interval = _assigned == 0 ? WhenMissing : WhenKnown;
        if (_asked != 0 && Stopwatch.GetElapsedTime(_asked) < interval) return;
        _asked = Stopwatch.GetTimestamp();
        var count = Count();
        if (count <= _assigned) return;
        consumer.IncrementalAssign(Enumerable.Range(_assigned, count - _assigned)
            .Select(partition => new TopicPartitionOffset(topic, partition, position[partition].Next ?? Offset.Beginning)));
        _assigned = count;
    }

    /// <summary>Keeps what was acknowledged for the next commit of the group's offsets.</summary>
    public void Store(KafkaPosition? acknowledged)
    {
        foreach (var (partition, read) in acknowledged?.Partitions ?? [])
            if (partition < _assigned && read.Next is { } next) consumer.StoreOffset(new TopicPartitionOffset(topic, partition, next));
    }

    /// <summary>Records that are in the topic and not read, as far as the client knows without asking.</summary>
    public long Lag() => Enumerable.Range(0, _assigned).Sum(partition =>
        consumer.GetWatermarkOffsets(new TopicPartition(topic, partition)).High.Value is var end and > 0
            ? Math.Max(0, end - (position[partition].Next ?? 0))
            : 0);

    private int Count()
    {
        try
        {
            using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
            return admin.GetMetadata(topic, AnswerTime).Topics.Where(found => found.Topic == topic).Sum(found => found.Partitions.Count);
        }
        catch (KafkaException)
        {
            return 0; // the broker is away, or the topic not there yet; asked again
        }
    }
}
