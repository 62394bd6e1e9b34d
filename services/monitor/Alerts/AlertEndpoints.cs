using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Alerts;

internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/alerts", ListAsync)
            .RequirePermissionInHandler(Permission.Observe).WithName("ListAlerts").WithTags("Alerts")
            .WithSummary("Alerts, the latest first; by state: active, acknowledged, silenced, resolved.")
            .WithDescription("At most one alert of a rule is open for a version: new breaches count up in it. In pages: pass next as after, until it is null.")
            .Produces<AlertPage>().Refuses(Problems.Invalid("limit: Must be 1 to 1000."))
            .WithResponseExample(StatusCodes.Status200OK, AlertExamples.Alerts);
        routes.MapGet("/v1/alerts/{id}", FindAsync)
            .RequirePermissionInHandler(Permission.Observe).WithName("GetAlert").WithTags("Alerts").WithSummary("An alert with its history.")
            .Produces<Alert>().Refuses(AlertErrors.UnknownAlert(AlertExamples.Id))
            .WithResponseExample(StatusCodes.Status200OK, AlertExamples.Alert);
        routes.MapPost("/v1/alerts/{id}/acknowledge", AcknowledgeAsync)
            .RequirePermissionInHandler(Permission.Manage).WithName("AcknowledgeAlert").WithActor().WithSummary("Says that somebody sees to it.").Describe<AlertNote>(AlertExamples.Note);
        routes.MapPost("/v1/alerts/{id}/silence", SilenceAsync)
            .RequirePermissionInHandler(Permission.Manage).WithName("SilenceAlert").WithActor().WithSummary("Wants to hear no more of it until a time, or until it is over.")
            .Describe<AlertSilence>(AlertExamples.Silence);
        routes.MapPost("/v1/alerts/{id}/resolve", ResolveAsync)
            .RequirePermissionInHandler(Permission.Manage).WithName("ResolveAlert").WithActor().WithSummary("Calls it settled; new breaches raise a new alert.").Describe<AlertNote>(AlertExamples.Note);
    }

    private static void Describe<TBody>(this RouteHandlerBuilder action, string body) where TBody : notnull => action
        .WithTags("Alerts").Accepts<TBody>(isOptional: true, "application/json").Produces<Alert>()
        .WithRequestExample(body).WithResponseExample(StatusCodes.Status200OK, AlertExamples.Alert)
        .Refuses(AlertErrors.UnknownAlert(AlertExamples.Id), AlertErrors.Resolved(AlertExamples.Id));

    private static async Task<IResult> ListAsync(
        [OneOf(typeof(AlertState))] string? state, int? limit, string? after, HttpContext context, AlertHandler alerts, CancellationToken cancellationToken) =>
        (await alerts.ListAsync(state, limit, after, cancellationToken)).ToHttp(page => TypedResults.Ok(
            page with { Items = [.. page.Items.Where(alert => context.Permits(Permission.Observe, alert.Model))] }));

    private static async Task<IResult> FindAsync(string id, HttpContext context, AlertHandler alerts, CancellationToken cancellationToken) =>
        (await alerts.FindAsync(id, cancellationToken)).ToHttp(alert =>
            context.Deny(Permission.Observe, alert.Model) is { } denied ? Problems.From(denied) : TypedResults.Ok(alert));

    private static Task<IResult> AcknowledgeAsync(
        string id, HttpContext context, AlertHandler alerts, CancellationToken cancellationToken) =>
        ActAsync<AlertNote>(id, context, alerts, (by, body) => alerts.AcknowledgeAsync(id, by, body, cancellationToken), cancellationToken);

    private static Task<IResult> SilenceAsync(string id, HttpContext context, AlertHandler alerts, CancellationToken cancellationToken) =>
        ActAsync<AlertSilence>(id, context, alerts, (by, body) => alerts.SilenceAsync(id, by, body, cancellationToken), cancellationToken);

    private static Task<IResult> ResolveAsync(string id, HttpContext context, AlertHandler alerts, CancellationToken cancellationToken) =>
        ActAsync<AlertNote>(id, context, alerts, (by, body) => alerts.ResolveAsync(id, by, body, cancellationToken), cancellationToken);

    private static async Task<IResult> ActAsync<TBody>(
        string id, HttpContext context, AlertHandler alerts, Func<string, TBody, Task<Result<Alert>>> act, CancellationToken cancellationToken)
        where TBody : class, new()
    {
        var found = await alerts.FindAsync(id, cancellationToken);
        if (found.Succeeded(out var alert, out _) && context.Deny(Permission.Manage, alert.Model) is { } denied) return Problems.From(denied);
        var body = await JsonBody.ReadOptionalAsync<TBody>(context.Request, cancellationToken);
        return body.Succeeded(out var read, out var error) ? (await act(context.GetActor(), read)).ToHttp() : Problems.From(error);
    }
}
