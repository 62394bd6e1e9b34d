using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Options;
using Platform.Contracts.Explainer;
using Platform.Explainer.Explanations;
using Platform.Hosting;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Jobs;

/// <summary>
/// Explanations that are computed later. The document is what is durable; the command on the bus says to look at it, and is sent
/// again while the document stays queued.
/// </summary>
internal sealed class ExplanationQueue(
    ExplanationStore store, IBus bus, IOptions<ExplainerOptions> options, TimeProvider time) : IDisposable
{
    private static readonly Uri Address = new($"queue:{ComputeExplanationConsumerDefinition.Queue}");

    // The bound is checked and then used up: one at a time.
    private readonly SemaphoreSlim _accepting = new(1, 1);

    /// <summary>Accepts a request whose version is already a number, or refuses it when too many wait.</summary>
    public async Task<Result<QueuedExplanation>> AcceptAsync(
        string id, string model, ExplanationRequest request, CancellationToken cancellationToken)
    {
        var record = new ExplanationRecord { Id = id, Model = model, Request = request, CreatedAt = time.GetUtcNow() };
        await _accepting.WaitAsync(cancellationToken);
        try
        {
            var limit = options.Value.QueuedJobs;
            if ((await store.FindQueuedAsync(limit, cancellationToken)).Count >= limit)
                return ExplanationErrors.QueueFull(limit);
            await store.TryPutAsync(record, expectedRevision: 0, cancellationToken);
        }
        finally
        {
            _accepting.Release();
        }

        await SendAsync(record, cancellationToken);
        return new QueuedExplanation(id, model);
    }

    /// <summary>Sends the commands of queued explanations again that were asked for before a moment.</summary>
    public async Task ResendAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var record in await store.FindQueuedAsync(options.Value.QueuedJobs, cancellationToken))
        {
            if (record.CreatedAt < before)
                await SendAsync(record, cancellationToken);
        }
    }

    public void Dispose() => _accepting.Dispose();

    private async Task SendAsync(ExplanationRecord record, CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(Address);
        var command = new ComputeExplanation
        {
            ExplanationId = record.Id,
            Model = record.Model,
            Request = JsonSerializer.SerializeToElement(record.Request, PlatformJson.Tolerant),
        };
        await endpoint.Send(command, cancellationToken);
    }
}
