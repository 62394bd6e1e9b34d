using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;

namespace Platform.Registry.MLflow.Webhooks;

/// <summary>
/// Tells webhooks of the registry's events, which it reads from the outbox: each webhook in the events' order, from its own position on. A delivery
/// that fails is tried again, later and later, and what comes behind it waits; after the last attempt it is given up. One process at a time does it.
/// </summary>
internal sealed class WebhookSender(
    [FromKeyedServices(RegistryService.Name)] IDocumentStore documents, WebhookStore webhooks, WebhookPayload payloads, WebhookClient client,
    IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookSender> logger) : BackgroundService
{
    private const int PageSize = 100;
    private const int Concurrency = 8;

    // A retry that is due, and a webhook that is new, wait no longer than this.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                await using var turn = await documents.TakeTurnAsync("webhooks", holder: "", stoppingToken);
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, turn.Lost);
                while (true)
                {
                    await SendAllAsync(ended.Token);
                    await Task.Delay(Interval, time, ended.Token);
                }
            }
#pragma warning disable CA1031 // whatever went wrong, the next round tries again
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (stoppingToken.IsCancellationRequested) return; // what is not delivered is after the next start
                if (exception is not OperationCanceledException) logger.SendingFailed(exception);
                await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        var active = (await webhooks.ListAsync(cancellationToken)).Where(webhook => webhook.Status == Webhook.Active);
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(active, bound, async (webhook, token) =>
        {
            while (await SendNextAsync(webhook, token)) { }
        });
    }

    /// <summary>Goes on to the next event that the webhook is about; false when there is nothing to do now.</summary>
    private async Task<bool> SendNextAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        if (await webhooks.PositionAsync(webhook.WebhookId, cancellationToken) is not { } position || position.Value.NextAt > time.GetUtcNow()) return false;
        var events = await documents.ReadEventsAsync(position.Value.Sequence, PageSize, cancellationToken);
        foreach (var stored in events)
        {
            if (await payloads.OfAsync(stored, cancellationToken) is not { } told || !webhook.Events.Contains(told.About)) continue;
            var delivery = new Delivery(IdOf(webhook, stored), told.About, told.Data, stored.At);
            var result = await client.TryAsync(webhook, delivery, cancellationToken);
            await webhooks.RememberAsync(webhook.WebhookId, position, Next(webhook, position.Value, stored.Sequence, result), cancellationToken);
            return true;
        }

        if (events.Count == 0) return false;
        await webhooks.RememberAsync(webhook.WebhookId, position, new WebhookPosition(events[^1].Sequence), cancellationToken);
        return events.Count == PageSize;
    }

    private WebhookPosition Next(Webhook webhook, WebhookPosition position, long sequence, WebhookTestResult result)
    {
        if (result.Success) return new WebhookPosition(sequence);
        var attempts = position.Attempts + 1;
        if (attempts < options.Value.MaxAttempts)
            return position with { Sequence = sequence - 1, Attempts = attempts, NextAt = time.GetUtcNow() + options.Value.PauseAfter(attempts) };
        logger.GivenUp(webhook.Name, sequence, attempts, result.ErrorMessage ?? $"It answered with status {result.ResponseStatus}.");
        return new WebhookPosition(sequence);
    }

    /// <summary>The same for every attempt, so that a receiver knows what it has had already.</summary>
    private static Guid IdOf(Webhook webhook, StoredEvent stored)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, stored.Sequence);
        return new Guid(SHA256.HashData([.. Encoding.UTF8.GetBytes(webhook.WebhookId), .. number]).AsSpan(0, 16), bigEndian: true);
    }
}
