using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Alerts;

internal static class RuleEndpoints
{
    public static void MapAlertRules(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/alert-rules", (RuleHandler rules, CancellationToken cancellationToken) => rules.ListAsync(cancellationToken))
            .RequirePermissionInHandler(Permission.Observe).WithName("ListAlertRules").WithTags("Alerts").WithSummary("The rules that hold, the default ones included.")
            .Produces<RulePage>().WithResponseExample(StatusCodes.Status200OK, AlertExamples.Rules);
        routes.MapGet("/v1/alert-rules/{id}", async (string id, RuleHandler rules, CancellationToken cancellationToken) =>
                (await rules.FindAsync(id, cancellationToken)).ToHttp())
            .RequirePermissionInHandler(Permission.Observe).WithName("GetAlertRule").WithTags("Alerts").WithSummary("A rule.")
            .Produces<AlertRule>().Refuses(AlertErrors.UnknownRule("slow"))
            .WithResponseExample(StatusCodes.Status200OK, AlertExamples.Rule);
        routes.MapPut("/v1/alert-rules/{id}", SetAsync)
            .RequirePermission(Permission.Manage).WithName("SetAlertRule").WithActor().WithTags("Alerts").WithSummary("Sets a rule, a new one or one in place of another.")
            .WithDescription("""
                What is left out is as in the default rules. A rule of a default one's id overrides it until it is taken away. With the action rollback an alert
                about a version that was promoted in the last protectionMinutes gives the alias back the version that it had before; setting one needs
                the permission promote for its model as well, or for every model where it names none.
                """)
            .Accepts<RuleRequest>("application/json").Produces<AlertRule>()
            .WithRequestExample(AlertExamples.RuleRequest).WithResponseExample(StatusCodes.Status200OK, AlertExamples.Rule)
            .Refuses(AlertErrors.TooManyRules);
        routes.MapDelete("/v1/alert-rules/{id}", RemoveAsync)
            .RequirePermission(Permission.Manage).WithName("RemoveAlertRule").WithActor().WithTags("Alerts")
            .WithSummary("Takes a rule away; a default one that was changed comes back as it was.")
            .Produces(StatusCodes.Status204NoContent).Refuses(AlertErrors.UnknownRule("slow"), AlertErrors.BuiltIn("data-drift"));
    }

    private static async Task<IResult> RemoveAsync(
        string id, HttpContext context, RuleHandler rules, CancellationToken cancellationToken) =>
        await rules.RemoveAsync(id, context.GetActor(), cancellationToken) is { } error ? Problems.From(error) : TypedResults.NoContent();

    private static async Task<IResult> SetAsync(string id, HttpContext context, RuleHandler rules, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<RuleRequest>(context.Request, cancellationToken);
        if (!body.Succeeded(out var request, out var error))
            return Problems.From(error);
        // It moves aliases in the name of whoever sets it.
        if (request.Action is not null && context.Deny(Permission.Promote, request.Model) is { } denied)
            return Problems.From(denied);
        return (await rules.SetAsync(id, request, context.GetActor(), cancellationToken)).ToHttp();
    }
}
