using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Alerts;

internal static class RuleEndpoints
{
    private const string Example = """
        {"model":"credit","metric":"performance.accuracy","operator":"below","threshold":0.7,"severity":"critical","breached":2,"of":3}
        """;

    public static void MapAlertRules(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/alert-rules", (RuleHandler rules, CancellationToken cancellationToken) => rules.ListAsync(cancellationToken))
            .WithName("ListAlertRules").WithTags("Alerts").WithSummary("The rules that hold, the default ones included.")
            .Produces<RulePage>();
        routes.MapGet("/v1/alert-rules/{id}", async (string id, RuleHandler rules, CancellationToken cancellationToken) =>
                (await rules.FindAsync(id, cancellationToken)).ToHttp())
            .WithName("GetAlertRule").WithTags("Alerts").WithSummary("A rule.")
            .Produces<AlertRule>().Refuses(AlertErrors.UnknownRule("slow"));
        routes.MapPut("/v1/alert-rules/{id}", SetAsync)
            .WithName("SetAlertRule").WithTags("Alerts").WithSummary("Sets a rule, a new one or one in place of another.")
            .Accepts<RuleRequest>("application/json").Produces<AlertRule>()
            .WithRequestExample(Example).Refuses(AlertErrors.TooManyRules);
        routes.MapDelete("/v1/alert-rules/{id}", RemoveAsync)
            .WithName("RemoveAlertRule").WithTags("Alerts")
            .WithSummary("Takes a rule away; a default one that was changed comes back as it was.")
            .Produces(StatusCodes.Status204NoContent).Refuses(AlertErrors.UnknownRule("slow"), AlertErrors.BuiltIn("data-drift"));
    }

    private static async Task<IResult> RemoveAsync(
        string id, HttpContext context, RuleHandler rules, CancellationToken cancellationToken) =>
        await rules.RemoveAsync(id, context.GetActor(), cancellationToken) is { } error ? Problems.From(error) : TypedResults.NoContent();

    private static async Task<IResult> SetAsync(string id, HttpContext context, RuleHandler rules, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<RuleRequest>(context.Request, cancellationToken);
        return body.Succeeded(out var request, out var error)
            ? (await rules.SetAsync(id, request, context.GetActor(), cancellationToken)).ToHttp()
            : Problems.From(error);
    }
}
