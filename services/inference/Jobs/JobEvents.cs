using System.Text.Json;
using System.Text;
using Platform.Contracts.Inference;
using Platform.Hosting.Documents;
using Platform.Hosting.Work;

namespace Platform.Inference.Jobs;

/// <summary>The event that tells of a job's end.</summary>
internal static class JobEvents
{
    /// <summary>Adds it to the commit in which the job ends; a result of more than <paramref name="maxResultBytes"/> stays out of it.</summary>
    public static void Add(DocumentBatch batch, JobRecord job, int maxResultBytes)
    {
        if (job.State == WorkState.Succeeded) batch.Publish(job.Model, Completed(job, maxResultBytes));
        else batch.Publish(job.Model, Failed(job));
    }

    private static PredictionCompleted Completed(JobRecord job, int maxResultBytes) => new()
    {
        JobId = job.Id,
        PredictionId = job.PredictionId,
        Model = job.Model,
        Version = job.Version!,
        Result = job.Result is { } result && SizeOf(result) <= maxResultBytes ? result : null,
        At = job.FinishedAt!.Value,
    };

    private static PredictionFailed Failed(JobRecord job) => new()
    {
        JobId = job.Id,
        PredictionId = job.PredictionId,
        Model = job.Model,
        Code = job.Error!.Code,
        Reason = job.Error.Detail,
        At = job.FinishedAt!.Value,
    };

    private static int SizeOf(JsonElement result) => Encoding.UTF8.GetByteCount(result.GetRawText());
}
