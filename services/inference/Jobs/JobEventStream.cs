using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.Errors;

namespace Platform.Inference.Jobs;

/// <summary>A job's changes as server-sent events, with the job as their data.</summary>
internal static class JobEventStream
{
    public static async Task<IResult> WriteAsync(HttpContext context, string id, JobStore store, TimeProvider time)
    {
        var found = await store.FindOwnAsync(id, context, context.RequestAborted);
        return found.Succeeded(out var job, out var error)
            ? await WorkEventStream.WriteAsync(context, job, store, known => JsonSerializer.Serialize(JobView.Of(known), PlatformJson.Tolerant), time)
            : Problems.From(error);
    }
}
