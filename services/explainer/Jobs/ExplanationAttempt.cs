using Platform.Explainer.Explanations;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Hosting.Work;

namespace Platform.Explainer.Jobs;

/// <summary>
/// Computes an explanation that was begun. What cannot be explained ends as failed; what may go better later is tried again after a growing pause, and a
/// bounded number of times.
/// </summary>
internal sealed class ExplanationAttempt(JobRunner runner, WorkRuns<ExplanationRecord> runs, TimeProvider time, ILogger<ExplanationAttempt> logger)
{
    /// <summary>Over all processes, whatever ended an attempt.</summary>
    public const int Most = 12;

    /// <summary>With their pauses about half a minute for the registry to come back.</summary>
    private const int MostWithoutRegistry = 6;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public Task<Task> RunAsync(Document<ExplanationRecord> begun, CancellationToken stop) => runs.RunAsync(begun, async stopping =>
    {
        if (await TryComputeAsync(begun.Value, stopping) is { } result) return record => record.Finish(result, time.GetUtcNow());
        return record => record.PutBack(time.GetUtcNow() + PauseAfter(begun.Value.Attempts));
    }, stop);

    /// <summary>How it ends; null when it may end otherwise at another time.</summary>
    private async Task<Result<Explanation>?> TryComputeAsync(ExplanationRecord job, CancellationToken cancellationToken)
    {
        try
        {
            var result = await runner.RunAsync(job, cancellationToken);
            var isAway = result.Error is { Status: StatusCodes.Status503ServiceUnavailable };
            return isAway && job.Attempts < MostWithoutRegistry ? null : (Result<Explanation>?)result;
        }
#pragma warning disable CA1031 // a fault of ours: it is seen here, and the explanation is tried again as often as it may be
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            JobsLog.Broken(logger, exception, job.Id);
            return null;
        }
    }

    private static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts - 1), LongestPause.TotalSeconds));
}
