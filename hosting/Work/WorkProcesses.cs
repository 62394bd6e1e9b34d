using Platform.Hosting.Documents;

namespace Platform.Hosting.Work;

/// <summary>
/// The leases of one kind of work: what a process is at is its own while it is alive, and each notes from time to time that it is. That one is taken
/// for dead by mistake costs a second run of its work, never a second end: that is up to the revisions.
/// </summary>
public sealed class WorkProcesses<T>(WorkStore<T> store, RunningWork<T> running, WorkSettings<T> settings, TimeProvider time) where T : WorkRecord
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private volatile bool _hasBeaten;

    /// <summary>This process; another one after every start.</summary>
    public string Me { get; } = $"{Environment.MachineName}-{Guid.NewGuid():n}";

    /// <summary>Notes that this process is alive.</summary>
    internal async Task BeatAsync(CancellationToken cancellationToken)
    {
        await store.Documents.CommitAsync(
            new DocumentBatch().Put(settings.Processes, Me, new WorkProcess(time.GetUtcNow()), expectedRevision: null), cancellationToken);
        _hasBeaten = true;
    }

    /// <summary>Before this process begins anything: others take one that was never heard of for dead.</summary>
    public Task BeatFirstAsync(CancellationToken cancellationToken) => _hasBeaten ? Task.CompletedTask : BeatAsync(cancellationToken);

    /// <summary>Notes that this process will do nothing more.</summary>
    internal async Task LeaveAsync(CancellationToken cancellationToken) =>
        await store.Documents.CommitAsync(new DocumentBatch().Delete(settings.Processes, Me), cancellationToken);

    /// <summary>
    /// True when nobody is at work that is said to be running. Where there is but one process, another one that is named in a document has died.
    /// </summary>
    internal async Task<bool> IsAbandonedAsync(T work, CancellationToken cancellationToken)
    {
        if (work.Worker == Me) return !running.Contains(work.Id);
        if (!store.Documents.IsShared) return true;
        var process = await store.Documents.GetAsync<WorkProcess>(settings.Processes, work.Worker!, cancellationToken);
        return process is null || process.Value.At < time.GetUtcNow() - settings.Timeout;
    }

    /// <summary>
    /// Whether queued work may be begun now. Of documents of former versions a queued one may name the process that is at it, until
    /// <see cref="WorkRecord.FreeAt"/>.
    /// </summary>
    internal bool IsDue(T work) =>
        work.FreeAt is null || work.FreeAt <= time.GetUtcNow() || (work.Worker is { } worker && worker != Me && !store.Documents.IsShared);

    /// <summary>Forgets processes that have long been gone.</summary>
    internal async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var page = await store.Documents.QueryAsync<WorkProcess>(new DocumentQuery(settings.Processes), cancellationToken);
        var batch = new DocumentBatch();
        foreach (var process in page.Items.Where(process => process.Value.At < time.GetUtcNow() - Remembered)) batch.Delete(settings.Processes, process.Id);
        if (!batch.IsEmpty) await store.Documents.CommitAsync(batch, cancellationToken);
    }
}

/// <summary>When a process was last alive.</summary>
internal sealed record WorkProcess(DateTimeOffset At);
