namespace Platform.Hosting.Work;

/// <summary>
/// Cancels work: the document first, then its run, here at once and elsewhere when that process's sweeper looks: the end of a run whose work has ended
/// counts for nothing.
/// </summary>
public sealed class WorkCancellation<T>(WorkStore<T> store, RunningWork<T> running, TimeProvider time) where T : WorkRecord
{
    /// <summary>
    /// The work as it was and as it is now, the same where it had ended, cancelled or otherwise; null when there is none of that id.
    /// </summary>
    public async Task<(T Before, T Now)?> CancelAsync(string id, CancellationToken cancellationToken)
    {
        while (await store.FindAsync(id, cancellationToken) is { } known)
        {
            if (known.Value.IsFinal) return (known.Value, known.Value);
            var cancelled = store.Cancel(known.Value, time.GetUtcNow());
            if (!await store.TryPutAsync(cancelled, known.Revision, cancellationToken)) continue;
            running.Cancel(id);
            return (known.Value, cancelled);
        }

        return null;
    }
}
