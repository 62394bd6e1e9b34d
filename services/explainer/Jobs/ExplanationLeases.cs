using Microsoft.Extensions.Options;
using Platform.Explainer.Settings;
using Platform.Hosting.Documents;

namespace Platform.Explainer.Jobs;

/// <summary>
/// Which process computes an explanation: it stands in the document, with a time until which the others take its word for it. That one is taken
/// for dead by mistake costs a second computation, never a second result.
/// </summary>
internal sealed class ExplanationLeases(ExplanationStore store, IOptions<ExplainerOptions> options, TimeProvider time, ILogger<ExplanationLeases> logger)
{
    /// <summary>This process; another one after every start.</summary>
    private readonly string _me = $"{Environment.MachineName}-{Guid.NewGuid():n}";

    /// <summary>Takes the explanation that waits longest and that nobody computes; null when there is none.</summary>
    public async Task<Document<ExplanationRecord>?> TakeNextAsync(CancellationToken cancellationToken)
    {
        var queued = await store.FindQueuedAsync(options.Value.QueuedJobs, cancellationToken);
        foreach (var job in queued.Where(job => IsFree(job.Value)).OrderBy(job => job.Value.CreatedAt))
        {
            // Counted before the work: an explanation that takes the process down must not do so for ever.
            var taken = Held(job.Value) with { Attempts = job.Value.Attempts + 1 };
            if (await store.TryPutAsync(taken, job.Revision, cancellationToken)) return new(job.Id, job.Revision + 1, taken);
        }

        return null;
    }

    /// <summary>Keeps what was taken until <paramref name="done"/>; cancels <paramref name="lost"/> when another process has it or it has ended.</summary>
    public async Task KeepAsync(string id, CancellationTokenSource lost, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(options.Value.JobLease / 3, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested) return;
            try
            {
                if (await ChangeAsync(id, Held, done)) continue;
                JobsLog.Lost(logger, id);
                await lost.CancelAsync();
                return;
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the store may be away for a moment: the work goes on, and whoever ends it first has ended it
            catch (Exception exception)
#pragma warning restore CA1031
            {
                JobsLog.LeaseNotKept(logger, exception, id);
            }
        }
    }

    /// <summary>Gives back what was not finished, to be taken again after <paramref name="pause"/>. It counts as begun unless nobody is to blame.</summary>
    public Task GiveBackAsync(string id, TimeSpan pause, bool counts, CancellationToken cancellationToken) => ChangeAsync(id, record => record with
    {
        Worker = null,
        FreeAt = pause > TimeSpan.Zero ? time.GetUtcNow() + pause : null,
        Attempts = record.Attempts - (counts ? 0 : 1),
    }, cancellationToken);

    /// <summary>Where there is but one process, another one that is named in a document has died.</summary>
    private bool IsFree(ExplanationRecord job) =>
        job.FreeAt is null || job.FreeAt <= time.GetUtcNow() || (job.Worker is { } worker && worker != _me && !store.IsShared);

    private ExplanationRecord Held(ExplanationRecord record) => record with { Worker = _me, FreeAt = time.GetUtcNow() + options.Value.JobLease };

    /// <summary>Changes a document that this process holds, whatever else becomes of it; false when it does not hold it any more.</summary>
    private async Task<bool> ChangeAsync(string id, Func<ExplanationRecord, ExplanationRecord> change, CancellationToken cancellationToken)
    {
        while (await store.FindAsync(id, cancellationToken) is { } job && job.Value.State == ExplanationState.Queued && job.Value.Worker == _me)
            if (await store.TryPutAsync(change(job.Value), job.Revision, cancellationToken)) return true;
        return false;
    }
}
