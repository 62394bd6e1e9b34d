using System.Globalization;
using Microsoft.Net.Http.Headers;
using Platform.Hosting.Access;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Paging;

namespace Platform.Registry.Events;

internal static class EventEndpoints
{
    private const string LastEventId = "Last-Event-ID";

    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddOptions<EventStreamOptions>().BindConfiguration("Registry:Events").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<EventStream>();
    }

    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/events", GetAsync)
            .RequirePermissionInHandler(Permission.Observe).WithName("GetEvents")
            .WithSummary("Domain events in order, after a sequence number.")
            .WithDescription("""
                With Accept: text/event-stream the answer stays open and goes on with every new event; each has its sequence number as id,
                and Last-Event-ID resumes behind it.
                """)
            .Produces<Page<EventDescription>>()
            .WithEventStream("an event as in items; its id is the sequence number and its name the type")
            .WithRequestHeader(LastEventId, "The sequence number behind which a stream resumes.")
            .Refuses(EventStream.TooMany)
            .WithResponseExample(StatusCodes.Status200OK, """
                {"items":[{"sequence":3,"type":"registry.model-promoted.v1","model":"credit","at":"2026-01-15T09:30:00Z",
                 "data":{"promotionId":"0198c5d2-7d0a-7c3e-9a54-2f1c5b7a9e10","model":"credit","alias":"champion","version":"1",
                 "previousVersion":null,"at":"2026-01-15T09:30:00Z","by":"ann"}}],"next":null}
                """);

    private static async Task<IResult> GetAsync([AsParameters] PageQuery page, HttpContext context, EventStream stream,
        [FromKeyedServices(RegistryService.Name)] IDocumentStore documents, CancellationToken cancellationToken)
    {
        var after = ResumeAfter(context.Request) ?? page.GetAfterNumber() ?? 0;
        if (!WantsStream(context.Request)) return TypedResults.Ok(await ReadAsync(documents, context, after, page.GetSize(), cancellationToken));
        if (!stream.TryEnter()) return Problems.From(EventStream.TooMany);
        try
        {
            await stream.WriteAsync(context, after);
            return Results.Empty;
        }
        finally
        {
            stream.Leave();
        }
    }

    private static async Task<Page<EventDescription>> ReadAsync(
        IDocumentStore documents, HttpContext context, long after, int limit, CancellationToken cancellationToken)
    {
        var events = await documents.ReadEventsAsync(after, limit, cancellationToken);
        var more = events.Count == limit && events[^1].Sequence < await documents.LastSequenceAsync(cancellationToken);
        return new Page<EventDescription>(
            [.. events.Where(stored => context.Permits(Permission.Observe, stored.Key)).Select(EventDescription.Of)], more ? events[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static bool WantsStream(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase));

    /// <summary>Where a reader that reconnects left off; it knows better than the address it was given at first.</summary>
    private static long? ResumeAfter(HttpRequest request)
    {
        var id = request.Headers[LastEventId].ToString();
        if (id.Length == 0) return null;
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : throw new BadHttpRequestException($"{LastEventId} must be the id of an event, not '{id}'.");
    }
}
