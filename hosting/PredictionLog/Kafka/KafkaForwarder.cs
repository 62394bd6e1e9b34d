using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Platform.Hosting.PredictionLog.Files;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>
/// Ships the local log to Kafka: each model's records in order, none lost, and again from the last mark after a crash, under
/// the same numbers. While the broker is away records stay on disk.
/// </summary>
internal sealed class KafkaForwarder(
    FasterPredictionLog log, IOptions<StorageOptions> storage, IOptions<PredictionLogOptions> options, KafkaMetrics metrics,
    KafkaTrust trust, TimeProvider time, ILogger<KafkaForwarder> logger)
{
    private const string Consumer = "kafka";
    private const int Window = 10_000;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastChance = TimeSpan.FromSeconds(3);

    private readonly KafkaOptions _options = options.Value.Kafka;
    private readonly ForwardMarkFile _file = new(storage.Value.PathOf("prediction-log"));
    private readonly KafkaTopicLimit _limit = new(options.Value.Kafka, trust, time, logger);
    private ForwardMark? _kept;

    /// <summary>What keeps records from being forwarded as they should, for a person; null when nothing does.</summary>
    public string? Degradation => _limit.Problem;

    /// <summary>Forwards until it is stopped, beginning anew from the mark whenever something goes wrong.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        var mark = ReadMark();
        while (!stoppingToken.IsCancellationRequested)
        {
            using var window = new ForwardWindow(mark, Window);
            metrics.Forwarder = () => Totals(window.Mark);
            try
            {
                await ForwardAsync(window, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // Stopping; what is not acknowledged stays in the local log.
            }
            catch (Exception exception)
            {
                KafkaLog.ForwardingInterrupted(logger, exception, window.Mark.Number + 1);
                await Task.Delay(RetryInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            mark = window.Mark;
        }
    }

    private async Task ForwardAsync(ForwardWindow window, CancellationToken stoppingToken)
    {
        await KafkaTopic.EnsureAsync(_options, trust, logger, stoppingToken);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var producer = new KafkaSender(_options, window, failed, trust, logger);
        var marking = KeepMarkAsync(window, failed);
        var watching = _limit.WatchAsync(failed.Token);
        try
        {
            await SendAllAsync(producer, window, failed.Token);
        }
        catch (OperationCanceledException) when (producer.Failure is { } failure)
        {
            throw new KafkaException(failure);
        }
        finally
        {
            if (stoppingToken.IsCancellationRequested) producer.Flush(LastChance);
            await failed.CancelAsync();
            await Task.WhenAll(marking, watching);
            Keep(window.Mark);
        }
    }

    private async Task SendAllAsync(KafkaSender producer, ForwardWindow window, CancellationToken cancellationToken)
    {
        var mark = window.Mark;
        await foreach (var batch in log.ReadNumberedAsync(Consumer, PositionOf(mark), cancellationToken))
            foreach (var (number, entry) in batch.Entries)
            {
                if (number <= mark.Number) continue; // the mark lies on the last record that is done
                var slot = await window.AddAsync(LogAddress.Of(entry.Position), number, cancellationToken);
                await producer.SendAsync(entry, new SpoolNumber(mark.Spool, number), slot, cancellationToken);
            }
    }

    /// <summary>A mark that cannot be kept ends the forwarding, which begins anew: without marks the spool is never emptied.</summary>
    private async Task KeepMarkAsync(ForwardWindow window, CancellationTokenSource failed)
    {
        try
        {
            while (!failed.IsCancellationRequested)
            {
                await Task.Delay(_options.MarkInterval, time, failed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Keep(window.Mark);
            }
        }
        finally
        {
            await failed.CancelAsync();
        }
    }

    private void Keep(ForwardMark mark)
    {
        if (mark == _kept) return;
        _file.Write(mark);
        log.Acknowledge(Consumer, PositionOf(mark));
        _kept = mark;
    }

    /// <summary>A log that was made anew behind its mark begins a spool of its own.</summary>
    private ForwardMark ReadMark()
    {
        var mark = _file.Read();
        if (mark.Number <= log.Records) return mark;
        KafkaLog.MarkAhead(logger, mark.Number, log.Records);
        return ForwardMark.New();
    }

    private static LogPosition PositionOf(ForwardMark mark) =>
        mark.Number == 0 ? LogPosition.Beginning : LogAddress.PositionOf(mark.Address);

    private ForwardTotals Totals(ForwardMark mark)
    {
        var accepted = log.Records;
        return new ForwardTotals(accepted, mark.Delivered, accepted - mark.Number, mark.Dropped);
    }
}
