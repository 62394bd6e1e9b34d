using Platform.Hosting.OpenApi;
using Platform.Hosting.Work;
using Platform.Inference.Jobs;

namespace Platform.Inference.Scoring;

/// <summary>A file that is scored, as its owner sees it.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that scores it: the one that served when the file came.</param>
/// <param name="State">queued, running, succeeded, failed or cancelled.</param>
/// <param name="RowsDone">Rows whose outcome is stored, the bad ones included.</param>
/// <param name="RowsFailed">Those of them that have no answer; <c>/errors</c> says why.</param>
/// <param name="ErrorsLeftOut">Errors that <c>/errors</c> does not list, as there are too many.</param>
/// <param name="RowsTotal">Rows of the file; null until it has been read through once.</param>
/// <param name="EtaSeconds">About how long it will take from now on; null unless it runs and has come a part further.</param>
/// <param name="CreatedAt">When the file had come (UTC).</param>
/// <param name="FinishedAt">When it ended (UTC); null before.</param>
/// <param name="Error">Why there is no result; null otherwise.</param>
internal sealed record ScoringView(string Id, string Model, string Version, [property: OneOf(typeof(WorkState))] string State, long RowsDone, long RowsFailed,
    long ErrorsLeftOut, long? RowsTotal, double? EtaSeconds, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, JobError? Error)
{
    public static ScoringView Of(ScoringRecord job) => new(job.Id, job.Model, job.Version, job.State, job.RowsDone, job.RowsFailed,
        job.ProblemsLeftOut, job.RowsTotal, EtaOf(job), job.CreatedAt, job.FinishedAt, job.Error);

    private static double? EtaOf(ScoringRecord job) => job is { State: WorkState.Running, RowsTotal: { } total, RowsPerSecond: > 0 and var speed }
        ? Math.Round((total - job.RowsDone) / speed, 1)
        : null;
}
