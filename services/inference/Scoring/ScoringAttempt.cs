using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Hosting.Work;
using Platform.Inference.Jobs;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Scoring;

/// <summary>Runs a job that was begun, to its end.</summary>
internal sealed class ScoringAttempt(ScoringRun run, WorkRuns<ScoringRecord> runs, TimeProvider time, ILogger<ScoringAttempt> logger)
{
    /// <summary>How long a job waits when what it needs cannot be had: nothing is wrong with the job, and what it has come to is stored.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public Task<Task> RunAsync(Document<ScoringRecord> begun, CancellationToken stop) => runs.RunAsync(begun, stopping => TryAsync(begun, stopping), stop);

    private async Task<Func<ScoringRecord, ScoringRecord>> TryAsync(Document<ScoringRecord> begun, CancellationToken stop)
    {
        try
        {
            await run.RunAsync(begun, stop);
            return job => job.Finish(WorkState.Succeeded, error: null, time.GetUtcNow());
        }
        catch (ScoringEndedException)
        {
            return job => job;
        }
        catch (RowFileException exception)
        {
            return Failed(begun, ScoringErrors.FileInvalid(exception.Message));
        }
        catch (Exception exception) when (Passes(exception))
        {
            logger.Waits(exception, begun.Id);
            return job => job.NotBegun() with { FreeAt = time.GetUtcNow() + Pause };
        }
        catch (ScoringFailedException exception)
        {
            return Failed(begun, exception.Error);
        }
#pragma warning disable CA1031 // a fault of ours would come back at every attempt: its owner is told, and we are
        catch (Exception exception) when (exception is not OperationCanceledException || !stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.Broken(exception, begun.Id, begun.Value.Model);
            return Failed(begun, JobErrors.Broken);
        }
    }

    private static bool Passes(Exception exception) =>
        exception is IOException or UnauthorizedAccessException || (exception is ScoringFailedException failed && ScoringErrors.Passes(failed.Error));

    /// <summary>
    /// The job fails, unless another process has taken this one for dead and is at it: what failed here after standing still need not fail there, and
    /// an end would remove what that one has stored.
    /// </summary>
    private Func<ScoringRecord, ScoringRecord> Failed(Document<ScoringRecord> begun, Error error) => job => job.Worker == begun.Value.Worker
        ? job.Finish(WorkState.Failed, JobError.Of(error), time.GetUtcNow())
        : job;
}
