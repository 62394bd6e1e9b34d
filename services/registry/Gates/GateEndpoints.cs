using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Registry.Models;
using Platform.Registry.Policies;
using Platform.Registry.Sessions;

namespace Platform.Registry.Gates;

internal static class GateEndpoints
{
    private const string PolicyExample = """
        {"metrics":{"accuracy":{"atLeast":0.7},"log_loss":{"atMost":0.6}},"incumbent":{"metric":"accuracy","margin":0.05,"confidence":0.95},
         "agreement":{"atLeast":0.8,"tolerance":0},"fairness":{"disparateImpact":{"atLeast":0.8},"alpha":0.05},"latency":{"p99Milliseconds":50},
         "sizeBytes":{"atMost":10000000},"expectedSigns":[{"feature":"duration","direction":"increasing","output":"bad","atLeast":0.9}],
         "robustness":{"missingAtLeast":0.8,"perturbedAtLeast":0.9,"noise":0.05,"tolerance":0},"approvals":{"count":1,"withinHours":72}}
        """;

    public static IServiceCollection AddGates(this IServiceCollection services)
    {
        services.AddOptions<ModelSessionOptions>().BindConfiguration("Registry:Sessions").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<GateOptions>().BindConfiguration("Registry:Gates").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<VettingMetrics>().AddSingleton<VettingProcesses>().AddSingleton<GateRunner>().AddSingleton<IncumbentTrial>().AddSingleton<AlteredRowsTrial>();
        // In the order in which they are answered.
        services.AddSingleton<IGate, SignatureGate>().AddSingleton<IGate, RequiredMetricsGate>().AddSingleton<IGate, IncumbentGate>()
            .AddSingleton<IGate, AgreementGate>().AddSingleton<IGate, FairnessGate>().AddSingleton<IGate, LatencyGate>().AddSingleton<IGate, SizeGate>()
            .AddSingleton<IGate, ExpectedSignsGate>().AddSingleton<IGate, RobustnessGate>();
        return services.AddSingleton<MeasureGates>().AddSingleton<ChangeGates>();
    }

    public static void MapGates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/models/{model}/gates", GetPolicyAsync)
            .RequirePermission(Permission.Observe).WithName("GetGatePolicy").WithSummary("What a version of the model must show before it is promoted.")
            .Produces<GatePolicy>().Refuses(ModelErrors.NotFound("credit")).WithResponseExample(StatusCodes.Status200OK, PolicyExample);

        routes.MapPut("/models/{model}/gates", SetPolicyAsync)
            .RequirePermission(Permission.Manage).WithName("SetGatePolicy").WithActor().WithSummary("Sets what a version of the model must show; what serves is not measured again.")
            .WithDescription("""
                metrics bounds measures that the platform takes itself on the version's labelled reference rows; what an author declares passes nothing. incumbent
                asks that it be shown, on the same rows, to be no worse than the version that serves by as much as the margin. agreement, fairness, latency,
                sizeBytes and approvals bound what they say. expectedSigns raise one feature of up to 200 reference rows by its standard deviation and look which
                way the answer goes; robustness takes features away and disturbs them. Gates that are left out are not measured.
                """)
            .Produces<GatePolicy>().Refuses(ModelErrors.NotFound("credit"))
            .WithRequestExample(PolicyExample).WithResponseExample(StatusCodes.Status200OK, PolicyExample);
    }

    private static async Task<IResult> GetPolicyAsync(string model, ModelStore models, CancellationToken cancellationToken) =>
        (await models.FindAsync(model, cancellationToken)).ToHttp(found => TypedResults.Ok(found.Gates));

    private static async Task<IResult> SetPolicyAsync(
        string model, GatePolicy policy, ChangeGates gates, HttpContext context, CancellationToken cancellationToken) =>
        (await gates.HandleAsync(model, policy, context.GetActor(), cancellationToken)).ToHttp();
}
