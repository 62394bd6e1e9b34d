using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>
/// Reads the prediction log from Kafka: all partitions, from positions that the consumer keeps with its own state, each record
/// once however often it was sent. What is acknowledged is also committed for the group <c>platform.CONSUMER</c>, where tools
/// that watch lag look for it.
/// </summary>
internal sealed class KafkaPredictionLogReader(
    IOptions<PredictionLogOptions> options, KafkaMetrics metrics, KafkaTrust trust, ILogger<KafkaPredictionLogReader> logger) : IPredictionLogReader, IDisposable
{
    private readonly KafkaOptions _options = options.Value.Kafka;
    private readonly KafkaFinder _finder = new(options.Value.Kafka, trust, logger);
    private readonly ConcurrentDictionary<string, TopicFeed> _feeds = [];

    /// <inheritdoc />
    public async IAsyncEnumerable<PredictionLogBatch> ReadAsync(
        string consumer, LogPosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var feed = TopicFeed.Start(consumer, KafkaPosition.Read(after), _options, metrics, trust, logger);
        _feeds[consumer] = feed;
        await foreach (var batch in feed.Batches.ReadAllAsync(cancellationToken)) yield return batch;
    }

    /// <inheritdoc />
    public ValueTask<PredictionLogged?> FindAsync(LogPosition at, CancellationToken cancellationToken) =>
        RecordPosition.Find(_options.Topic, at) is { } offset ? _finder.FindAsync(offset, cancellationToken) : default;

    /// <inheritdoc />
    public void Acknowledge(string consumer, LogPosition position)
    {
        if (_feeds.TryGetValue(consumer, out var feed)) feed.Acknowledge(KafkaPosition.Read(position));
    }

    public void Dispose() => _finder.Dispose();
}
