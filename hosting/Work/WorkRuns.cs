using Platform.Hosting.Documents;

namespace Platform.Hosting.Work;

/// <summary>
/// Takes work that was begun to its end. Whatever dies on the way, the document says how far it has come: it is begun again by whoever finds it, and
/// ended by exactly one.
/// </summary>
public sealed class WorkRuns<T>(
    WorkStore<T> store, WorkProcesses<T> processes, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<WorkRuns<T>> logger)
    where T : WorkRecord
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Runs <paramref name="attempt"/>, which says what becomes of the document then, and stores that. While nothing can be stored, it
    /// waits: work that were begun again would be done twice. What cannot be stored for another reason is found by the sweeper, and begun again.
    /// </summary>
    /// <returns>The attempt, which may still compute for a while where it was stopped, and does not fail then.</returns>
    public async Task<Task> RunAsync(Document<T> begun, Func<CancellationToken, Task<Func<T, T>>> attempt, CancellationToken stop)
    {
        var running = TryAsync(begun.Id, attempt, stop);
        var change = await WaitAsync(running, stop);
        if (change is not null) await StoreAsync(begun, change);
        else if (lifetime.ApplicationStopping.IsCancellationRequested) await StoreAsync(begun, work => work.NotBegun());
        return running;
    }

    /// <summary>A run is broken off soon after its last caller has left; neither who cancels nor the end of the process waits for that.</summary>
    private static async Task<Func<T, T>?> WaitAsync(Task<Func<T, T>?> running, CancellationToken stop)
    {
        await Task.WhenAny(running, Task.Delay(Timeout.Infinite, stop));
        return running.IsCompleted ? await running : null;
    }

    /// <summary>What becomes of it; null when it was stopped, whatever it ends with then.</summary>
    private async Task<Func<T, T>?> TryAsync(string id, Func<CancellationToken, Task<Func<T, T>>> attempt, CancellationToken stop)
    {
        try
        {
            return await attempt(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // what it needs may go before it, and nobody waits for its result
        catch (Exception exception) when (stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.BrokenOff(exception, id);
            return null;
        }
    }

    /// <summary>Repeats a change while the store is away or full, however long that is. A process that stops does not wait for that.</summary>
    private async Task StoreAsync(Document<T> begun, Func<T, T> change)
    {
        var pause = TimeSpan.FromSeconds(0.1);
        for (var attempt = 1; ; attempt++)
        {
            bool isRepeated;
            try
            {
                await StoreOnceAsync(begun, change);
                return;
            }
#pragma warning disable CA1031 // whatever it was: it is tried again, and in the end left to whoever finds the work
            catch (Exception exception)
#pragma warning restore CA1031
            {
                isRepeated = WorkStoring.IsRepeated(attempt, exception);
                logger.NotStored(exception, begun.Id);
            }

            if (!isRepeated || lifetime.ApplicationStopping.IsCancellationRequested) return;
            await Task.Delay(pause, time, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>
    /// Where another has ended it, cancelling it or being faster, its word stands; where another has only begun it, taking this process for dead, an
    /// end counts all the same. Only what this process is at is put back.
    /// </summary>
    private async Task StoreOnceAsync(Document<T> begun, Func<T, T> change)
    {
        for (Document<T>? known = begun; known is { Value.IsFinal: false }; known = await store.FindAsync(begun.Id, CancellationToken.None))
        {
            var next = change(known.Value);
            if (!next.IsFinal && known.Value.Worker != processes.Me) return;
            if (!await store.TryPutAsync(next, known.Revision, CancellationToken.None)) continue;
            if (!next.IsFinal) logger.PutBack(begun.Id);
            return;
        }
    }
}

/// <summary>When what came of work is stored again.</summary>
public static class WorkStoring
{
    private const int Attempts = 10;

    /// <summary>Whether to store again after so many attempts: always where the store or its disk is at fault, which takes what it takes.</summary>
    public static bool IsRepeated(int attempts, Exception failure) => attempts < Attempts || failure is IOException or UnauthorizedAccessException;
}
