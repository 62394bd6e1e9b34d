using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.Hosting.Access;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;

namespace Platform.Registry.Events;

/// <summary>
/// Events as Server-Sent Events. Each reader pulls from the store at its own pace, a page at a time; none has a queue.
/// </summary>
internal sealed class EventStream(
    [FromKeyedServices(RegistryService.Name)] IDocumentStore documents, IOptions<EventStreamOptions> options)
{
    private const int PageSize = 100;
    private int _open;

    public static Error TooMany { get; } = new(StatusCodes.Status429TooManyRequests, "registry.too_many_streams",
        "Too many event streams are open; close one or read GET /v1/events page by page.");

    /// <summary>Takes a place among the open streams; the caller gives it back with <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= options.Value.MaxStreams) return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _open);

    /// <summary>Writes events after <paramref name="after"/> until the reader leaves, its key ends or the process stops.</summary>
    public async Task WriteAsync(HttpContext context, long after)
    {
        using var ending = context.EndOfStream();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy in between must not hold events back
        try
        {
            await WriteCommentAsync(context.Response, "open", ending.Token);
            while (true) after = await WritePageAsync(context, after, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader has left or may not read on, or the process stops: the stream ends here, and Last-Event-ID resumes it.
        }
    }

    private async Task<long> WritePageAsync(HttpContext context, long after, CancellationToken cancellationToken)
    {
        var response = context.Response;
        await WaitAsync(response, after, cancellationToken);
        foreach (var stored in await documents.ReadEventsAsync(after, PageSize, cancellationToken))
        {
            if (context.Permits(Permission.Observe, stored.Key)) await response.WriteAsync(Format(stored), cancellationToken);
            after = stored.Sequence;
        }
        await response.Body.FlushAsync(cancellationToken);
        return after;
    }

    private async Task WaitAsync(HttpResponse response, long after, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var arrival = documents.WaitForEventsAsync(after, waiting.Token).AsTask();
        while (await Task.WhenAny(arrival, Task.Delay(options.Value.Heartbeat, waiting.Token)) != arrival)
            await WriteCommentAsync(response, "alive", cancellationToken);
        await arrival;
        await waiting.CancelAsync(); // ends the delay
    }

    private static async Task WriteCommentAsync(HttpResponse response, string comment, CancellationToken cancellationToken)
    {
        await response.WriteAsync($": {comment}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private static string Format(StoredEvent stored)
    {
        var data = JsonSerializer.Serialize(EventDescription.Of(stored), PlatformJson.Tolerant);
        return $"id: {stored.Sequence}\nevent: {stored.Type}\ndata: {data}\n\n";
    }
}
