using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Options;
using Platform.Contracts;
using Platform.Hosting.Documents;
using Platform.Hosting.Messaging;

namespace Platform.Hosting.Outbox;

/// <summary>
/// Publishes a service's committed events to the bus in their order, and remembers how far it came. It looks when a commit
/// tells it to. A crash between publishing and remembering repeats events, under the same message id, and so does a broker that
/// confirms later than <see cref="MessagingOptions.ConfirmTimeout"/>; neither loses any.
/// </summary>
internal sealed class OutboxDispatcher(
    string service, IDocumentStore documents, IBusControl bus, IOptions<MessagingOptions> options, RabbitMqTls tls, TimeProvider time,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int PageSize = 100;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    private readonly EventPublisher _publisher = new(service, bus, options.Value, tls, time, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Before its consumers are bound, a broker drops what is published.
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
            while (true) await TakeTurnAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; what is left goes out after the next start.
        }
        finally
        {
            await _publisher.DisposeAsync();
        }
    }

    /// <summary>Publishes until the turn is lost. Then another process may have it, and this one waits for its next.</summary>
    private async Task TakeTurnAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var turn = await documents.TakeTurnAsync("outbox", holder: "", stoppingToken);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, turn.Lost);
            await PublishAllAsync(ended.Token);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            OutboxLog.TurnLost(logger, exception, service);
            await Task.Delay(FirstDelay, time, stoppingToken);
        }
    }

    private async Task PublishAllAsync(CancellationToken cancellationToken)
    {
        var position = await documents.GetAsync<OutboxPosition>(OutboxPosition.Collection, OutboxPosition.Id, cancellationToken)
            ?? new Document<OutboxPosition>(OutboxPosition.Id, 0, new OutboxPosition(0));
        while (true)
        {
            await documents.WaitForEventsAsync(position.Value.Sequence, cancellationToken);
            position = await PublishPageAsync(position, cancellationToken);
        }
    }

    private async Task<Document<OutboxPosition>> PublishPageAsync(Document<OutboxPosition> position, CancellationToken cancellationToken)
    {
        var events = await documents.ReadEventsAsync(position.Value.Sequence, PageSize, cancellationToken);
        foreach (var stored in events) await PublishAsync(stored, cancellationToken);
        var next = new OutboxPosition(events[^1].Sequence);
        await RepeatAsync(next.Sequence, () => RememberAsync(next, position.Revision, cancellationToken), cancellationToken);
        return new Document<OutboxPosition>(OutboxPosition.Id, position.Revision + 1, next);
    }

    private async Task PublishAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        if (MessageTypes.Find(stored.Type) is not { } type)
        {
            OutboxLog.UnknownType(logger, service, stored.Sequence, stored.Type);
            return;
        }
        var message = stored.Data.Deserialize(type, PlatformJson.Tolerant)!;
        using var activity = OutboxTelemetry.Start(service, stored);
        await RepeatAsync(stored.Sequence, () => _publisher.PublishAsync(stored, message, type, cancellationToken), cancellationToken);
        OutboxTelemetry.Published(service, stored, time);
    }

    /// <summary>The revision tells a process that believes in a turn which it has lost.</summary>
    private async Task RememberAsync(OutboxPosition position, long revision, CancellationToken cancellationToken)
    {
        var batch = new DocumentBatch().Put(OutboxPosition.Collection, OutboxPosition.Id, position, revision);
        if (await documents.CommitAsync(batch, cancellationToken) is not null) throw new OutboxTurnLostException();
    }

    /// <summary>Order would be lost by going on, so a failed step is repeated until it succeeds.</summary>
    private async Task RepeatAsync(long sequence, Func<Task> step, CancellationToken cancellationToken)
    {
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                await step();
                return;
            }
            catch (Exception exception) when (exception is not OutboxTurnLostException && !cancellationToken.IsCancellationRequested)
            {
                OutboxLog.PublishFailed(logger, exception, service, sequence, delay);
            }
            await Task.Delay(delay, time, cancellationToken);
        }
    }
}

/// <summary>Another process has published meanwhile.</summary>
internal sealed class OutboxTurnLostException() : Exception("Another process has published events of this service meanwhile.");
