using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Hosting.Work;
using Platform.Inference.Jobs;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Scoring;

/// <summary>Runs a job that was begun, to its end.</summary>
internal sealed class ScoringAttempt(ScoringRun run, WorkRuns<ScoringRecord> runs, TimeProvider time, ILogger<ScoringAttempt> logger)
{
    /// <summary>How long a job waits when the store or its disk is at fault.</summary>
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
            return Failed(ScoringErrors.FileInvalid(exception.Message));
        }
        catch (ScoringFailedException exception)
        {
            return Failed(exception.Error);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.Waits(exception, begun.Id); // what it has come to is stored, and nothing is wrong with the job
            return job => job.NotBegun() with { FreeAt = time.GetUtcNow() + Pause };
        }
#pragma warning disable CA1031 // a fault of ours would come back at every attempt: its owner is told, and we are
        catch (Exception exception) when (exception is not OperationCanceledException || !stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.Broken(exception, begun.Id, begun.Value.Model);
            return Failed(JobErrors.Broken);
        }
    }

    private Func<ScoringRecord, ScoringRecord> Failed(Error error) =>
        job => job.Finish(WorkState.Failed, new(error.Status, error.Code, error.Detail), time.GetUtcNow());
}
