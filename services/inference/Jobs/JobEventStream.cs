using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.Access;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;

namespace Platform.Inference.Jobs;

/// <summary>
/// A job's changes as server-sent events: the job as it is, then each change that is seen, named by its state, to its end. It
/// looks at the document, so it does not matter which process runs the job.
/// </summary>
internal static class JobEventStream
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static async Task<IResult> WriteAsync(
        HttpContext context, string id, JobStore store, TimeProvider time)
    {
        var found = await store.FindOwnAsync(id, context, context.RequestAborted);
        if (!found.Succeeded(out var job, out var error)) return Problems.From(error);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using var end = context.EndOfStream();
        try
        {
            await FollowAsync(context.Response, job, store, time, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The caller has left or may not read on, or the process stops and the caller comes back to another.
        }

        return Results.Empty;
    }

    private static async Task FollowAsync(
        HttpResponse response, Document<JobRecord> job, JobStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        await SendAsync(response, job, cancellationToken);
        for (var written = time.GetTimestamp(); !job.Value.IsFinal;)
        {
            await Task.Delay(Interval, time, cancellationToken);
            if (await store.FindAsync(job.Id, cancellationToken) is not { } now) return;
            if (now.Revision == job.Revision && time.GetElapsedTime(written) < Silence) continue;
            if (now.Revision == job.Revision) await response.WriteAsync(": still there\n\n", cancellationToken);
            else await SendAsync(response, now, cancellationToken);
            (job, written) = (now, time.GetTimestamp());
        }
    }

    private static Task SendAsync(HttpResponse response, Document<JobRecord> job, CancellationToken cancellationToken)
    {
        var data = JsonSerializer.Serialize(JobView.Of(job.Value), PlatformJson.Tolerant);
        return response.WriteAsync($"id: {job.Revision}\nevent: {job.Value.State}\ndata: {data}\n\n", cancellationToken);
    }
}
