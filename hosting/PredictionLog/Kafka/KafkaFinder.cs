using System.Text.Json;
using Confluent.Kafka;
using Platform.Contracts.Inference;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>Fetches single records, one at a time.</summary>
internal sealed class KafkaFinder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lazy<IConsumer<byte[], byte[]>> _consumer;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public KafkaFinder(KafkaOptions options, KafkaTrust trust, ILogger logger) => _consumer = new(() =>
        new ConsumerBuilder<byte[], byte[]>(KafkaClients.Consumer(options, "platform.finder"))
            .SetErrorHandler((_, error) => KafkaClients.Tell(error, trust, logger))
            .SetLogHandler((_, message) => KafkaLog.Client(logger, message.Message))
            .Build());

    /// <summary>The record at that place; null when Kafka has removed it. Throws <see cref="IOException"/> while Kafka is away.</summary>
    public async ValueTask<PredictionLogged?> FindAsync(TopicPartitionOffset at, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Find(at), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        if (_consumer.IsValueCreated) _consumer.Value.Dispose();
        _turn.Dispose();
    }

    private PredictionLogged? Find(TopicPartitionOffset at)
    {
        var consumer = _consumer.Value;
        consumer.Assign(at);
        try
        {
            // A removed record is answered by the oldest that is kept.
            var result = consumer.Consume(Patience) ?? throw new IOException("Kafka does not answer.");
            return result.Offset == at.Offset
                ? JsonSerializer.Deserialize<PredictionLogged>(result.Message.Value, PlatformJson.Tolerant)
                : null;
        }
        catch (ConsumeException exception)
        {
            throw new IOException("Kafka cannot be read.", exception);
        }
        finally
        {
            consumer.Unassign();
        }
    }
}
