using System.Text.Json;
using System.Threading.Channels;
using Confluent.Kafka;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>Reads all partitions on a thread of its own, a few batches ahead of the consumer and no further.</summary>
internal sealed class TopicFeed : IAsyncDisposable
{
    private const int MaxBatch = 512;
    private const int BatchesAhead = 4;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(5);

    private readonly string _name;
    private readonly KafkaPosition _position;
    private readonly TopicPartitions _partitions;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly KafkaMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Channel<PredictionLogBatch> _batches = Channel.CreateBounded<PredictionLogBatch>(BatchesAhead);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _reading;
    private volatile KafkaPosition? _acknowledged;

    private TopicFeed(string name, KafkaPosition position, KafkaOptions options, KafkaMetrics metrics, KafkaTrust trust, ILogger logger)
    {
        (_name, _position, _metrics, _logger) = (name, position, metrics, logger);
        _consumer = new ConsumerBuilder<byte[], byte[]>(KafkaClients.Consumer(options, $"platform.{name}"))
            .SetErrorHandler((_, error) => KafkaClients.Tell(error, trust, logger))
            .SetLogHandler((_, message) => KafkaLog.Client(logger, message.Message))
            .Build();
        _partitions = new TopicPartitions(options.Topic, _consumer, position);
        _reading = Task.Factory.StartNew(ReadAll, TaskCreationOptions.LongRunning);
    }

    public static TopicFeed Start(
        string name, KafkaPosition position, KafkaOptions options, KafkaMetrics metrics, KafkaTrust trust, ILogger logger) =>
        new(name, position, options, metrics, trust, logger);

    /// <summary>What was read. Completes with the error when reading cannot go on.</summary>
    public ChannelReader<PredictionLogBatch> Batches => _batches.Reader;

    /// <summary>Has the position committed for the group, in a while.</summary>
    public void Acknowledge(KafkaPosition position) => _acknowledged = position;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _reading;
        _consumer.Dispose();
        _stopping.Dispose();
    }

    private void ReadAll()
    {
        try
        {
            while (!_stopping.IsCancellationRequested) ReadBatch();
            _batches.Writer.TryComplete();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _batches.Writer.TryComplete();
        }
        catch (Exception exception)
        {
            _batches.Writer.TryComplete(exception);
        }
    }

    private void ReadBatch()
    {
        _partitions.Refresh();
        _partitions.Store(Interlocked.Exchange(ref _acknowledged, null));
        _metrics.Lagging(_name, _partitions.Lag());
        var entries = new List<PredictionLogEntry>();
        for (var wait = Idle; entries.Count < MaxBatch && Consume(wait) is { } result; wait = Linger) Take(result, entries);
        if (entries.Count == 0) return;
        var batch = new PredictionLogBatch(entries, _position.Write());
        _batches.Writer.WriteAsync(batch, _stopping.Token).AsTask().GetAwaiter().GetResult();
    }

    private ConsumeResult<byte[], byte[]>? Consume(TimeSpan atMost)
    {
        try
        {
            return _consumer.Consume(atMost);
        }
        catch (ConsumeException exception) when (!exception.Error.IsFatal)
        {
            KafkaLog.Client(_logger, exception.Error.Reason); // the client tries again by itself
            return null;
        }
    }

    private void Take(ConsumeResult<byte[], byte[]> result, List<PredictionLogEntry> entries)
    {
        var position = _position[result.Partition.Value];
        if (result.Offset.Value - position.Next is { } missed and > 0)
        {
            _metrics.Missed(_name, missed);
            KafkaLog.Missed(_logger, missed, result.Partition.Value, _name);
        }
        position.Next = result.Offset.Value + 1;
        if (TryRead(result) is not { } entry) return;
        if (position.IsNew(entry.Spool, result.Offset.Value)) entries.Add(entry);
        else _metrics.Repeated(_name);
    }

    private PredictionLogEntry? TryRead(ConsumeResult<byte[], byte[]> result)
    {
        try
        {
            return PredictionLogEntry.Read(RecordPosition.Of(result.TopicPartitionOffset), result.Message.Value ?? []);
        }
        catch (JsonException exception)
        {
            KafkaLog.Unreadable(_logger, exception, result.TopicPartitionOffset);
            return null;
        }
    }
}
