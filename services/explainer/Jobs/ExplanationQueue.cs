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
/// again while the document stays queued: soon if the broker did not take it, else after a while.
/// </summary>
internal sealed class ExplanationQueue(
    ExplanationStore store, IBusControl bus, IOptions<ExplainerOptions> options, TimeProvider time, ILogger<ExplanationQueue> logger)
    : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // By its exchange: as a queue the broker would be asked for one with other arguments, and refuse.
    private static readonly Uri Address = new($"exchange:{ComputeExplanationConsumerDefinition.Queue}");

    // The bound is checked and then used up: one at a time.
    private readonly SemaphoreSlim _accepting = new(1, 1);
    private volatile bool _hasUnsent;

    /// <summary>Whether the broker has not taken a command since they were last sent again.</summary>
    public bool HasUnsent => _hasUnsent;

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

        await SendAsync(record);
        return new QueuedExplanation(id, model);
    }

    /// <summary>
    /// Sends the commands of queued explanations again that were asked for before a moment; ends early when the broker does not take one.
    /// </summary>
    public async Task ResendAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        _hasUnsent = false;
        foreach (var record in await store.FindQueuedAsync(options.Value.QueuedJobs, cancellationToken))
        {
            if (record.CreatedAt < before && !await SendAsync(record))
                return;
        }
    }

    public void Dispose() => _accepting.Dispose();

    private async Task<bool> SendAsync(ExplanationRecord record)
    {
        try
        {
            await TellAsync(record);
            return true;
        }
#pragma warning disable CA1031 // the explanation is stored: whatever kept the broker from hearing of it, it will be told again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _hasUnsent = true;
            JobsLog.NotSent(logger, exception, record.Id);
            return false;
        }
    }

    private async Task TellAsync(ExplanationRecord record)
    {
        if (bus.CheckHealth().Status == BusHealthStatus.Unhealthy)
            throw new TransportUnavailableException("The broker is away.");
        using var patience = new CancellationTokenSource(Patience, time);
        var endpoint = await bus.GetSendEndpoint(Address);
        var command = new ComputeExplanation
        {
            ExplanationId = record.Id,
            Model = record.Model,
            Request = JsonSerializer.SerializeToElement(record.Request, PlatformJson.Tolerant),
        };
        await endpoint.Send(command, patience.Token);
    }
}
