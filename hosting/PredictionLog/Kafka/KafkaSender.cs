using Confluent.Kafka;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>A producer and its delivery reports. After a failure it is of no more use: those behind it must not overtake.</summary>
internal sealed class KafkaSender : IDisposable
{
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(20);

    private readonly string _topic;
    private readonly ForwardWindow _window;
    private readonly CancellationTokenSource _failed;
    private readonly KafkaTrust _trust;
    private readonly ILogger _logger;
    private readonly IProducer<byte[], byte[]> _producer;
    private volatile Error? _failure;

    /// <summary><paramref name="failed"/> is cancelled at the first failure.</summary>
    public KafkaSender(KafkaOptions options, ForwardWindow window, CancellationTokenSource failed, KafkaTrust trust, ILogger logger)
    {
        (_topic, _window, _failed, _trust, _logger) = (options.Topic, window, failed, trust, logger);
        _producer = new ProducerBuilder<byte[], byte[]>(KafkaClients.Producer(options))
            .SetErrorHandler((_, error) => OnError(error))
            .SetLogHandler((_, message) => KafkaLog.Client(logger, message.Message))
            .Build();
    }

    /// <summary>Why it failed; null as long as it has not.</summary>
    public Error? Failure => _failure;

    /// <summary>Sends a record; waits while the producer's own memory is full.</summary>
    public async ValueTask SendAsync(
        PredictionLogEntry entry, SpoolNumber number, ForwardWindow.Slot slot, CancellationToken cancellationToken)
    {
        var message = KafkaMessage.Of(entry, number);
        while (true)
        {
            try
            {
                _producer.Produce(_topic, message, report => OnReport(report.Error, entry.Id, slot));
                return;
            }
            catch (ProduceException<byte[], byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
            {
                await Task.Delay(FullPause, cancellationToken);
            }
            catch (ProduceException<byte[], byte[]> refused) when (IsFinal(refused.Error))
            {
                OnReport(refused.Error, entry.Id, slot);
                return;
            }
        }
    }

    /// <summary>Waits until everything has arrived, at most that long.</summary>
    public void Flush(TimeSpan atMost) => _producer.Flush(atMost);

    public void Dispose() => _producer.Dispose();

    private void OnReport(Error error, string id, ForwardWindow.Slot slot)
    {
        if (!error.IsError) _window.Finish(slot, isDelivered: true);
        else if (IsFinal(error))
        {
            KafkaLog.Refused(_logger, id, error.Reason);
            _window.Finish(slot, isDelivered: false);
        }
        else Fail(error);
    }

    private void OnError(Error error)
    {
        if (error.IsFatal) Fail(error);
        else if (error.Code == ErrorCode.Local_AllBrokersDown) KafkaLog.Away(_logger, error.Reason);
        else if (!_trust.Note(error)) KafkaLog.Client(_logger, error.Reason);
    }

    private void Fail(Error error)
    {
        if (Interlocked.CompareExchange(ref _failure, error, null) is null) _failed.CancelAfter(TimeSpan.Zero);
    }

    /// <summary>Whether sending this very record again would be refused again.</summary>
    private static bool IsFinal(Error error) =>
        error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidRecord or ErrorCode.InvalidMsg or ErrorCode.InvalidMsgSize;
}
