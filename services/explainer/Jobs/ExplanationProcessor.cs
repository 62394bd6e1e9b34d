using Platform.Explainer.Explanations;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Jobs;

/// <summary>
/// Takes an explanation from its lease to its end. What cannot be explained is finished as failed; what may go better later is tried again after a
/// growing pause, and a bounded number of times.
/// </summary>
internal sealed class ExplanationProcessor(
    ExplanationStore store, ExplanationLeases leases, JobRunner runner, TimeProvider time, ILogger<ExplanationProcessor> logger)
{
    /// <summary>Over all processes, whatever ended an attempt.</summary>
    private const int MaximumAttempts = 12;

    /// <summary>With their pauses about half a minute for the registry to come back.</summary>
    private const int AttemptsWithoutRegistry = 6;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public async Task ProcessAsync(Document<ExplanationRecord> job, CancellationToken stoppingToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var keeping = leases.KeepAsync(job.Id, stop, done.Token);
        try
        {
            if (await TryComputeAsync(job.Value, stop.Token) is { } result) await StoreAsync(job, result, stoppingToken);
            else await leases.GiveBackAsync(job.Id, PauseAfter(job.Value.Attempts), counts: true, stoppingToken);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (!stoppingToken.IsCancellationRequested) return; // another process has it
            JobsLog.LeftQueued(logger, job.Id);
            await leases.GiveBackAsync(job.Id, TimeSpan.Zero, counts: false, CancellationToken.None);
        }
        finally
        {
            await done.CancelAsync();
            await keeping;
        }
    }

    /// <summary>How it ends; null when it may end otherwise at another time.</summary>
    private async Task<Result<Explanation>?> TryComputeAsync(ExplanationRecord job, CancellationToken cancellationToken)
    {
        if (job.Attempts > MaximumAttempts) return ExplanationErrors.Failed();
        try
        {
            var result = await runner.RunAsync(job, cancellationToken);
            var isAway = result.Error is { Status: StatusCodes.Status503ServiceUnavailable };
            return isAway && job.Attempts < AttemptsWithoutRegistry ? null : (Result<Explanation>?)result;
        }
#pragma warning disable CA1031 // a fault of ours: it is seen here, and the explanation is tried again as often as it may be
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            JobsLog.Broken(logger, exception, job.Id);
            return null;
        }
    }

    /// <summary>Hours of work are not lost to a store that is away for a moment.</summary>
    private async Task StoreAsync(Document<ExplanationRecord> job, Result<Explanation> result, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StoreOnceAsync(job, result, cancellationToken);
                return;
            }
#pragma warning disable CA1031 // whatever it was, it may be over in a moment; in the end the explanation is begun anew
            catch (Exception exception) when (attempt < MaximumAttempts && !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                JobsLog.NotStored(logger, exception, job.Id);
                await Task.Delay(PauseAfter(attempt), time, cancellationToken);
            }
        }
    }

    /// <summary>
    /// An explanation may be computed twice, by a process that was taken for dead: the first result stands, and a later beginning does not undo an
    /// earlier one.
    /// </summary>
    private async Task StoreOnceAsync(Document<ExplanationRecord>? job, Result<Explanation> result, CancellationToken cancellationToken)
    {
        while (job is { Value.State: ExplanationState.Queued }
            && !await store.TryPutAsync(job.Value.Finish(result, time.GetUtcNow()), job.Revision, cancellationToken))
            job = await store.FindAsync(job.Id, cancellationToken);
    }

    private static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts - 1), LongestPause.TotalSeconds));
}
