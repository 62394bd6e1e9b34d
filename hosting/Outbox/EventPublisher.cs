using MassTransit;
using Platform.Hosting.Documents;
using Platform.Hosting.Messaging;

namespace Platform.Hosting.Outbox;

/// <summary>
/// Hands an event to the bus: to its exchange, where anybody may bind a queue. A broker confirms that for all queues at once: it refuses when
/// one of them does, and does not confirm while one of them hangs, and it does not say whose queue that is. What somebody's queue does must harm
/// nobody else. So after a refusal the queues of the platform's own services get the event once more, by an exchange that is theirs alone, and
/// theirs is the answer that counts.
/// </summary>
internal sealed class EventPublisher(string service, IBus bus, MessagingOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>While a subscriber's queue hangs, each event is given this long to be confirmed all the same.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>The last event that subscribers were handed while one of them refused it: they are not handed it again.</summary>
    private long _refused;

    private bool _isRefusing;
    private bool _isHeldUp;

    /// <summary>Completes when the event need not be published again; throws when it must.</summary>
    public async Task PublishAsync(StoredEvent stored, object message, Type type, CancellationToken cancellationToken)
    {
        if (_isHeldUp) await PublishHeldUpAsync(stored, message, type, cancellationToken);
        else if (_refused == stored.Sequence) await SendToServicesAsync(stored, message, type, cancellationToken);
        else await PublishFirstAsync(stored, message, type, cancellationToken);
    }

    private async Task PublishFirstAsync(StoredEvent stored, object message, Type type, CancellationToken cancellationToken)
    {
        try
        {
            await ConfirmedAsync(token => bus.Publish(message, type, context => CloudEvent.Describe(context, service, stored), token),
                options.ConfirmTimeout, cancellationToken);
            _isRefusing = false;
        }
        catch (Exception exception) when (options.UsesRabbitMq && IsRefusal(exception))
        {
            _refused = stored.Sequence;
            Refused(stored, exception);
            await SendToServicesAsync(stored, message, type, cancellationToken);
        }
        catch (TimeoutException exception) when (options.UsesRabbitMq)
        {
            // The broker is away, or takes the event and waits for a queue: if it confirms to the services, it is a subscriber's.
            await SendToServicesAsync(stored, message, type, cancellationToken);
            _isHeldUp = true;
            OutboxLog.HeldUp(logger, exception, service, stored.Sequence);
            await PublishHeldUpAsync(stored, message, type, cancellationToken);
        }
    }

    /// <summary>
    /// The services first: a broker that has confirmed to them a moment ago is there, and takes what subscribers are handed next, whether it confirms
    /// it in time or not.
    /// </summary>
    private async Task PublishHeldUpAsync(StoredEvent stored, object message, Type type, CancellationToken cancellationToken)
    {
        await SendToServicesAsync(stored, message, type, cancellationToken);
        try
        {
            await ConfirmedAsync(token => bus.Publish(message, type, context => CloudEvent.Describe(context, service, stored), token),
                options.ConfirmTimeout < Grace ? options.ConfirmTimeout : Grace, cancellationToken);
            _isHeldUp = false;
        }
        catch (TimeoutException)
        {
            OutboxTelemetry.Refused(service);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            _isHeldUp = false;
            Refused(stored, exception);
        }
    }

    private async Task SendToServicesAsync(StoredEvent stored, object message, Type type, CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{WireNames.ServicesOf(type)}"));
        await ConfirmedAsync(token => endpoint.Send(message, type, Pipe.Execute<SendContext>(context => CloudEvent.Describe(context, service, stored)), token),
            options.ConfirmTimeout, cancellationToken);
    }

    /// <summary>
    /// Waits for the broker's confirmation no longer than its time: the broker's client never ends a publication whose broker dies at the
    /// wrong moment (rabbitmq-dotnet-client#1930). What is given up is cancelled, or what has not left this process yet would go out beside
    /// its repetition once the broker can be reached.
    /// </summary>
    private async Task ConfirmedAsync(Func<CancellationToken, Task> publish, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await publish(givenUp.Token).WaitAsync(patience, time, cancellationToken);
        }
        catch
        {
            await givenUp.CancelAsync();
            throw;
        }
    }

    private void Refused(StoredEvent stored, Exception exception)
    {
        OutboxTelemetry.Refused(service);
        if (!_isRefusing) OutboxLog.Refused(logger, exception, service, stored.Sequence);
        _isRefusing = true;
    }

    /// <summary>The broker's answer to this very publication, rather than a connection that was lost.</summary>
    private static bool IsRefusal(Exception? exception) => exception switch
    {
        null => false,
        RabbitMQ.Client.Exceptions.PublishException refusal => !refusal.IsReturn,
        _ => IsRefusal(exception.InnerException),
    };
}
