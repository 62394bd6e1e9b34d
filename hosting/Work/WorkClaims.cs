using Platform.Hosting.Documents;

namespace Platform.Hosting.Work;

/// <summary>Makes this process the one that is at a piece of work.</summary>
public sealed class WorkClaims<T>(WorkStore<T> store, WorkProcesses<T> processes, WorkSettings<T> settings, TimeProvider time) where T : WorkRecord
{
    /// <summary>The work, begun; null when it has ended, also here and now as it was begun too often, or is another's, or not due.</summary>
    public async Task<Document<T>?> TryTakeAsync(Document<T> known, CancellationToken cancellationToken)
    {
        var work = known.Value;
        if (work.IsFinal || !await IsFreeAsync(work, cancellationToken)) return null;
        if (work.Attempts >= settings.MaxAttempts)
        {
            await store.TryPutAsync(store.GiveUp(work, time.GetUtcNow()), known.Revision, cancellationToken);
            return null;
        }

        await processes.BeatFirstAsync(cancellationToken);
        var begun = work.Begun(processes.Me);
        return await store.TryPutAsync(begun, known.Revision, cancellationToken) ? new(known.Id, known.Revision + 1, begun) : null;
    }

    /// <summary>Work of this process, entered again, is an attempt whose end could not be stored.</summary>
    private async Task<bool> IsFreeAsync(T work, CancellationToken cancellationToken) => work.State == WorkState.Queued
        ? processes.IsDue(work)
        : work.Worker == processes.Me || await processes.IsAbandonedAsync(work, cancellationToken);
}
