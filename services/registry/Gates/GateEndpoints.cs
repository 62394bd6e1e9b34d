using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Paging;
using Platform.Registry.History;
using Platform.Registry.Models;
using Platform.Registry.Promotions;
using Platform.Registry.Sessions;
using Platform.Registry.Versions;

namespace Platform.Registry.Gates;

internal static class GateEndpoints
{
    private const string PolicyExample = """{"metrics":{"accuracy":{"atLeast":0.7},"log_loss":{"atMost":0.6}}}""";

    public static IServiceCollection AddGates(this IServiceCollection services)
    {
        services.AddOptions<ModelSessionOptions>().BindConfiguration("Registry:Sessions").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<GateOptions>().BindConfiguration("Registry:Gates").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<VettingMetrics>().AddSingleton<VettingProcesses>().AddSingleton<GateRunner>().AddSingleton<ChangeGates>();
    }

    public static void MapGates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/models/{model}/gates", GetPolicyAsync)
            .RequirePermission(Permission.Observe).WithName("GetGatePolicy").WithSummary("What a version of the model must show before it is promoted.")
            .Produces<GatePolicy>().Refuses(ModelErrors.NotFound("credit")).WithResponseExample(StatusCodes.Status200OK, PolicyExample);

        routes.MapPut("/models/{model}/gates", SetPolicyAsync)
            .RequirePermission(Permission.Manage).WithName("SetGatePolicy").WithActor().WithSummary("Sets what a version of the model must show; what serves is not measured again.")
            .Produces<GatePolicy>().Refuses(ModelErrors.NotFound("credit"))
            .WithRequestExample(PolicyExample).WithResponseExample(StatusCodes.Status200OK, PolicyExample);

        routes.MapGet("/models/{model}/versions/{version}/gates", ListMeasurementsAsync)
            .RequirePermission(Permission.Observe).WithName("ListVersionGates").WithSummary("What the gates measured each time the version was to be promoted; the latest first.")
            .Produces<Page<Promotion>>().Refuses(ModelErrors.NotFound("credit"), VersionErrors.NotFound("credit", "7"))
            .WithResponseExample(StatusCodes.Status200OK, $$"""{"items":[{{PromotionEndpoints.PromotionExample}}],"next":null}""");
    }

    private static async Task<IResult> GetPolicyAsync(string model, ModelStore models, CancellationToken cancellationToken) =>
        (await models.FindAsync(model, cancellationToken)).ToHttp(found => TypedResults.Ok(found.Gates));

    private static async Task<IResult> SetPolicyAsync(
        string model, GatePolicy policy, ChangeGates gates, HttpContext context, CancellationToken cancellationToken) =>
        (await gates.HandleAsync(model, policy, context.GetActor(), cancellationToken)).ToHttp();

    private static async Task<IResult> ListMeasurementsAsync(string model, string version, [AsParameters] PageQuery page,
        VersionStore versions, HistoryStore history, CancellationToken cancellationToken)
    {
        var found = await versions.FindAsync(model, version, cancellationToken);
        if (!found.Succeeded(out var known, out var error)) return Problems.From(error);
        var entries = await history.ListMeasuredAsync(
            model, known.Description.Version, page.GetSize(), page.GetAfterNumber(), cancellationToken);
        return TypedResults.Ok(new Page<Promotion>([.. entries.Items.Select(Promotion.Of)], entries.Next));
    }
}
