using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Alerts;

internal static class AlertEndpoints
{
    private const string ExampleId = "0198c0f2-7d5e-7c3a-9d2b-4b1f0a6c8e11";

    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/alerts", ListAsync)
            .WithName("ListAlerts").WithTags("Alerts")
            .WithSummary("Alerts, the latest first; by state: active, acknowledged, silenced, resolved.")
            .Produces<AlertPage>().Refuses(Problems.Invalid("limit: Must be 1 to 1000."));
        routes.MapGet("/v1/alerts/{id}", FindAsync)
            .WithName("GetAlert").WithTags("Alerts").WithSummary("An alert with its history.")
            .Produces<Alert>().Refuses(AlertErrors.UnknownAlert(ExampleId));
        routes.MapPost("/v1/alerts/{id}/acknowledge", AcknowledgeAsync)
            .WithName("AcknowledgeAlert").WithSummary("Says that somebody sees to it.").Describe<AlertNote>();
        routes.MapPost("/v1/alerts/{id}/silence", SilenceAsync)
            .WithName("SilenceAlert").WithSummary("Wants to hear no more of it until a time, or until it is over.")
            .Describe<AlertSilence>();
        routes.MapPost("/v1/alerts/{id}/resolve", ResolveAsync)
            .WithName("ResolveAlert").WithSummary("Calls it settled; new breaches raise a new alert.").Describe<AlertNote>();
    }

    private static void Describe<TBody>(this RouteHandlerBuilder action) where TBody : notnull => action
        .WithTags("Alerts").Accepts<TBody>(isOptional: true, "application/json").Produces<Alert>()
        .Refuses(AlertErrors.UnknownAlert(ExampleId), AlertErrors.Resolved(ExampleId));

    private static async Task<IResult> ListAsync(
        string? state, int? limit, string? after, AlertHandler alerts, CancellationToken cancellationToken) =>
        (await alerts.ListAsync(state, limit, after, cancellationToken)).ToHttp();

    private static async Task<IResult> FindAsync(string id, AlertHandler alerts, CancellationToken cancellationToken) =>
        (await alerts.FindAsync(id, cancellationToken)).ToHttp();

    private static Task<IResult> AcknowledgeAsync(
        string id, HttpContext context, AlertHandler alerts, CancellationToken cancellationToken) =>
        ActAsync<AlertNote>(context, (by, body) => alerts.AcknowledgeAsync(id, by, body, cancellationToken), cancellationToken);

    private static Task<IResult> SilenceAsync(string id, HttpContext context, AlertHandler alerts, CancellationToken cancellationToken) =>
        ActAsync<AlertSilence>(context, (by, body) => alerts.SilenceAsync(id, by, body, cancellationToken), cancellationToken);

    private static Task<IResult> ResolveAsync(string id, HttpContext context, AlertHandler alerts, CancellationToken cancellationToken) =>
        ActAsync<AlertNote>(context, (by, body) => alerts.ResolveAsync(id, by, body, cancellationToken), cancellationToken);

    private static async Task<IResult> ActAsync<TBody>(
        HttpContext context, Func<string, TBody, Task<Result<Alert>>> act, CancellationToken cancellationToken)
        where TBody : class, new()
    {
        var body = await JsonBody.ReadOptionalAsync<TBody>(context.Request, cancellationToken);
        return body.Succeeded(out var read, out var error) ? (await act(context.GetActor(), read)).ToHttp() : Problems.From(error);
    }
}
