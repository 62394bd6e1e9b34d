using Microsoft.Extensions.Options;
using Platform.Contracts.Explainer;
using Platform.Explainer.Explanations;
using Platform.Explainer.Settings;
using Platform.Hosting.Errors;
using Platform.Hosting.Work;

namespace Platform.Explainer.Jobs;

/// <summary>
/// Explanations that are computed later: documents, which every process of this service looks through for one that nobody computes
/// (<see cref="ExplanationWorkers"/>). Whatever asks for one is answered, or acknowledged, once its document is stored.
/// </summary>
internal sealed class ExplanationQueue(ExplanationStore store, IOptions<ExplainerOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RoomInterval = TimeSpan.FromSeconds(1);

    // The bound is checked and then used up: one at a time.
    private readonly SemaphoreSlim _accepting = new(1, 1);
    private readonly SemaphoreSlim _waking = new(0);

    /// <summary>Accepts a request whose version is already a number, or refuses it when too many wait.</summary>
    public async Task<Result<QueuedExplanation>> AcceptAsync(
        string id, string model, ExplanationRequest request, CancellationToken cancellationToken)
    {
        var record = new ExplanationRecord { Id = id, Model = model, Request = request, CreatedAt = time.GetUtcNow() };
        return await TryAddAsync(record, cancellationToken)
            ? new QueuedExplanation(id, model)
            : ExplanationErrors.QueueFull(options.Value.QueuedJobs);
    }

    /// <summary>
    /// Takes a command over, once however often it comes; one that cannot be computed ends as failed. False when there was no room for it for as
    /// long as <paramref name="patience"/>.
    /// </summary>
    public async Task<bool> TakeOverAsync(ComputeExplanation command, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(command.ExplanationId, cancellationToken) is not null) return true;

        var record = new ExplanationRecord { Id = command.ExplanationId, Model = command.Model, CreatedAt = time.GetUtcNow() };
        if (!JobRunner.Parse(command.Request).Succeeded(out var request, out var error))
        {
            await store.TryPutAsync(record.Finish(error, time.GetUtcNow()), expectedRevision: 0, cancellationToken);
            return true;
        }

        record = record with { Request = request };
        for (var started = time.GetTimestamp(); !await TryAddAsync(record, cancellationToken);)
        {
            if (time.GetElapsedTime(started) >= patience) return false;
            await Task.Delay(RoomInterval, time, cancellationToken);
        }

        return true;
    }

    /// <summary>Has one that waits for work look at once.</summary>
    public void Wake()
    {
        if (_waking.CurrentCount < options.Value.JobConcurrency) _waking.Release();
    }

    /// <summary>Waits until something may have come, or that long.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _waking.WaitAsync(atMost, cancellationToken);

    public void Dispose()
    {
        _accepting.Dispose();
        _waking.Dispose();
    }

    /// <summary>False when too many wait. One that is there already is as good as added.</summary>
    private async Task<bool> TryAddAsync(ExplanationRecord record, CancellationToken cancellationToken)
    {
        await _accepting.WaitAsync(cancellationToken);
        try
        {
            var limit = options.Value.QueuedJobs;
            var queued = await store.FindAsync(WorkState.Queued, limit, cancellationToken);
            var running = await store.FindAsync(WorkState.Running, limit, cancellationToken);
            if (queued.Count + running.Count >= limit) return false;
            await store.TryPutAsync(record, expectedRevision: 0, cancellationToken);
        }
        finally
        {
            _accepting.Release();
        }

        Wake();
        return true;
    }
}
