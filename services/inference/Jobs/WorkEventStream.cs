using Platform.Hosting.Access;
using Platform.Hosting.Documents;
using Platform.Hosting.Work;

namespace Platform.Inference.Jobs;

/// <summary>
/// The changes of a piece of work as server-sent events: the work as it is, then each change that is seen, named by its state, to its end. It
/// looks at the document, so it does not matter which process is at the work.
/// </summary>
internal static class WorkEventStream
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <param name="context">The request.</param>
    /// <param name="work">The work as it was found.</param>
    /// <param name="store">Where it is found again.</param>
    /// <param name="describe">The data of an event, as JSON.</param>
    /// <param name="time">The time.</param>
    public static async Task<IResult> WriteAsync<T>(HttpContext context, Document<T> work, WorkStore<T> store, Func<T, string> describe, TimeProvider time)
        where T : WorkRecord
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using var end = context.EndOfStream();
        try
        {
            await FollowAsync(context.Response, work, store, describe, time, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The caller has left or may not read on, or the process stops and the caller comes back to another.
        }

        return Results.Empty;
    }

    private static async Task FollowAsync<T>(
        HttpResponse response, Document<T> work, WorkStore<T> store, Func<T, string> describe, TimeProvider time, CancellationToken cancellationToken)
        where T : WorkRecord
    {
        await SendAsync(response, work, describe, cancellationToken);
        for (var written = time.GetTimestamp(); !work.Value.IsFinal;)
        {
            await Task.Delay(Interval, time, cancellationToken);
            if (await store.FindAsync(work.Id, cancellationToken) is not { } now) return;
            if (now.Revision == work.Revision && time.GetElapsedTime(written) < Silence) continue;
            if (now.Revision == work.Revision) await response.WriteAsync(": still there\n\n", cancellationToken);
            else await SendAsync(response, now, describe, cancellationToken);
            (work, written) = (now, time.GetTimestamp());
        }
    }

    private static Task SendAsync<T>(HttpResponse response, Document<T> work, Func<T, string> describe, CancellationToken cancellationToken)
        where T : WorkRecord => response.WriteAsync($"id: {work.Revision}\nevent: {work.Value.State}\ndata: {describe(work.Value)}\n\n", cancellationToken);
}
