using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using Platform.Hosting.Documents;
using Platform.Hosting.Messaging;
using RabbitMQ.Client;

namespace Platform.Hosting.Outbox;

/// <summary>
/// Hands an event to everybody: within the process by the bus, over a broker by its exchange, where anybody may bind a queue. A broker confirms that
/// for all queues at once: it refuses when one of them does, and does not confirm while one of them hangs, and it does not say whose queue that is. What
/// somebody's queue does must harm nobody else. So after a refusal the queues of the platform's own services get the event once more, by an exchange
/// that is theirs alone, and theirs is the answer that counts.
/// </summary>
internal sealed class EventPublisher(
    string service, IBus bus, MessagingOptions options, RabbitMqTls tls, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>By which the bus's consumers go on with the trace.</summary>
    private const string ActivityHeader = "MT-Activity-Id";

    /// <summary>While a subscriber's queue hangs, each event is given this long to be confirmed all the same.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>How long a publication that was cancelled may take to end.</summary>
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(5);

    private ConfirmingChannel _channel = new(options.RabbitMq, tls, $"{service} events");

    /// <summary>The last event that subscribers were handed while one of them refused it: they are not handed it again.</summary>
    private long _refused;

    private bool _isRefusing;
    private bool _isHeldUp;

    /// <summary>Completes when the event need not be published again; throws when it must.</summary>
    public Task PublishAsync(StoredEvent stored, object message, Type type, CancellationToken cancellationToken)
    {
        if (!options.UsesRabbitMq)
            return InTimeAsync(token => bus.Publish(message, type, context => CloudEvent.Describe(context, service, stored), token),
                options.ConfirmTimeout, cancellationToken);
        var body = JsonSerializer.SerializeToUtf8Bytes(message, type, SystemTextJsonMessageSerializer.Options);
        if (_isHeldUp) return PublishHeldUpAsync(stored, body, cancellationToken);
        return _refused == stored.Sequence ? SendToServicesAsync(stored, body, cancellationToken) : PublishFirstAsync(stored, body, cancellationToken);
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private async Task PublishFirstAsync(StoredEvent stored, byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            await SendToAllAsync(stored, body, options.ConfirmTimeout, cancellationToken);
            _isRefusing = false;
        }
        catch (RabbitMQ.Client.Exceptions.PublishException refusal)
        {
            _refused = stored.Sequence;
            Refused(stored, refusal);
            await SendToServicesAsync(stored, body, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            // The broker is away, or takes the event and waits for a queue: if it confirms to the services, it is a subscriber's.
            await SendToServicesAsync(stored, body, cancellationToken);
            _isHeldUp = true;
            OutboxLog.HeldUp(logger, exception, service, stored.Sequence);
            await PublishHeldUpAsync(stored, body, cancellationToken);
        }
    }

    /// <summary>
    /// The services first: a broker that has confirmed to them a moment ago is there, and takes what subscribers are handed next, whether it confirms
    /// it in time or not.
    /// </summary>
    private async Task PublishHeldUpAsync(StoredEvent stored, byte[] body, CancellationToken cancellationToken)
    {
        await SendToServicesAsync(stored, body, cancellationToken);
        try
        {
            await SendToAllAsync(stored, body, options.ConfirmTimeout < Grace ? options.ConfirmTimeout : Grace, cancellationToken);
            _isHeldUp = false;
        }
        catch (TimeoutException)
        {
            OutboxTelemetry.Refused(service);
        }
        catch (RabbitMQ.Client.Exceptions.PublishException refusal)
        {
            _isHeldUp = false;
            Refused(stored, refusal);
        }
    }

    private Task SendToAllAsync(StoredEvent stored, byte[] body, TimeSpan patience, CancellationToken cancellationToken) =>
        SendAsync(stored, stored.Type, WireNames.AllEvents, body, patience, cancellationToken);

    private Task SendToServicesAsync(StoredEvent stored, byte[] body, CancellationToken cancellationToken) =>
        SendAsync(stored, WireNames.ServicesOf(stored.Type), collector: null, body, options.ConfirmTimeout, cancellationToken);

    private async Task SendAsync(
        StoredEvent stored, string exchange, string? collector, byte[] body, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var sending = OutboxTelemetry.StartSending(exchange);
        await InTimeAsync(token => _channel.PublishAsync(exchange, collector, Properties(stored), body, token), patience, cancellationToken);
    }

    private BasicProperties Properties(StoredEvent stored)
    {
        var headers = CloudEvent.Attributes(service, stored).ToDictionary(attribute => attribute.Name, attribute => (object?)attribute.Value);
        if (Activity.Current?.Id is { } activity) headers[ActivityHeader] = activity;
        return new BasicProperties
        {
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            MessageId = CloudEvent.MessageId(service, stored).ToString(),
            Headers = headers,
        };
    }

    /// <summary>
    /// Waits for the confirmation no longer than its time: the broker's client never ends a publication whose broker dies at the wrong moment
    /// (rabbitmq-dotnet-client#1930). What is given up is cancelled, or what has not left this process yet would go out beside its repetition once the
    /// broker can be reached, and ends before the next begins.
    /// </summary>
    private async Task InTimeAsync(Func<CancellationToken, Task> publish, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var publishing = publish(givenUp.Token);
        try
        {
            await publishing.WaitAsync(patience, time, cancellationToken);
        }
        catch
        {
            await givenUp.CancelAsync();
            if (options.UsesRabbitMq) await EndAsync(publishing);
            throw;
        }
    }

    /// <summary>A channel whose publication does not end even then is of no more use.</summary>
    private async Task EndAsync(Task publishing)
    {
        await publishing.WaitAsync(Ending, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (publishing.IsCompleted) return;
        _ = _channel.DisposeAsync().AsTask();
        _channel = new ConfirmingChannel(options.RabbitMq, tls, $"{service} events");
    }

    private void Refused(StoredEvent stored, Exception refusal)
    {
        OutboxTelemetry.Refused(service);
        if (!_isRefusing) OutboxLog.Refused(logger, refusal, service, stored.Sequence);
        _isRefusing = true;
    }
}
