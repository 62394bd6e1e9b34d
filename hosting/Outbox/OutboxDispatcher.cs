using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Platform.Contracts;
using Platform.Hosting.Documents;

namespace Platform.Hosting.Outbox;

/// <summary>
/// Publishes a service's committed events to the bus in their order, and remembers how far it came. It looks when a commit
/// tells it to. A crash between publishing and remembering repeats events, under the same message id; it loses none.
/// </summary>
internal sealed class OutboxDispatcher(
    string service, IDocumentStore documents, IBusControl bus, TimeProvider time, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int PageSize = 100;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Before its consumers are bound, a broker drops what is published.
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
            var position = await documents.GetAsync<OutboxPosition>(OutboxPosition.Collection, OutboxPosition.Id, stoppingToken);
            var published = position?.Value.Sequence ?? 0;
            while (true)
            {
                await documents.WaitForEventsAsync(published, stoppingToken);
                published = await PublishPageAsync(published, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; what is left goes out after the next start.
        }
    }

    private async Task<long> PublishPageAsync(long published, CancellationToken stoppingToken)
    {
        var events = await documents.ReadEventsAsync(published, PageSize, stoppingToken);
        foreach (var stored in events) await PublishAsync(stored, stoppingToken);
        var position = new OutboxPosition(events[^1].Sequence);
        await RepeatAsync(position.Sequence, () => RememberAsync(position, stoppingToken), stoppingToken);
        return position.Sequence;
    }

    private async Task PublishAsync(StoredEvent stored, CancellationToken stoppingToken)
    {
        if (MessageTypes.Find(stored.Type) is not { } type)
        {
            OutboxLog.UnknownType(logger, service, stored.Sequence, stored.Type);
            return;
        }
        var message = stored.Data.Deserialize(type, PlatformJson.Tolerant)!;
        using var activity = OutboxTelemetry.Start(service, stored);
        await RepeatAsync(
            stored.Sequence,
            () => bus.Publish(message, type, context => CloudEvent.Describe(context, service, stored), stoppingToken),
            stoppingToken);
        OutboxTelemetry.Published(service, stored, time);
    }

    private async Task RememberAsync(OutboxPosition position, CancellationToken stoppingToken) =>
        await documents.CommitAsync(
            new DocumentBatch().Put(OutboxPosition.Collection, OutboxPosition.Id, position, expectedRevision: null), stoppingToken);

    /// <summary>Order would be lost by going on, so a failed step is repeated until it succeeds.</summary>
    private async Task RepeatAsync(long sequence, Func<Task> step, CancellationToken stoppingToken)
    {
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                await step();
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                OutboxLog.PublishFailed(logger, exception, service, sequence, delay);
            }
            await Task.Delay(delay, time, stoppingToken);
        }
    }
}
