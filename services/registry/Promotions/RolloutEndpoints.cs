using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Registry.History;
using Platform.Registry.Rollouts;

namespace Platform.Registry.Promotions;

/// <summary>The routes by which a promotion is followed, paused, resumed and cancelled.</summary>
internal static class RolloutEndpoints
{
    private const string Id = "0198c5d2-7d0a-7c3e-9a54-2f1c5b7a9e10";

    public const string Example = $$"""
        {"id":"{{Id}}","model":"credit","version":"2","alias":"champion","previousVersion":"1","state":"running",
         "strategy":{"kind":"canary","steps":[{"weight":0.05,"minimumSamples":500,"minimumMinutes":10},{"weight":0.5,"minimumSamples":2000,"minimumMinutes":null}],
          "guards":[{"measure":"performance.accuracy","margin":0.02},{"measure":"latency.p99","ratio":1.2}],"confidence":0.95,"onFailure":"rollback"},
         "gates":[],"at":"2026-01-15T09:30:00Z","by":"ann","reason":null,"step":1,
         "decisions":[{"at":"2026-01-15T09:41:00Z","step":1,"verdict":"wait","reason":"performance.accuracy is not known well enough yet, from 4100 of the champion and 212 of the challenger.",
          "measures":[{"measure":"performance.accuracy","champion":0.912,"challenger":0.906,"difference":-0.006,"interval":[-0.081,0.069],"pValue":1,"samples":[4100,212]},
           {"measure":"latency.p99","champion":null,"challenger":null,"difference":null,"interval":[-1,1],"pValue":1,"samples":[0,0]}]}]}
        """;

    public static IServiceCollection AddRollouts(this IServiceCollection services)
    {
        services.AddOptions<RolloutOptions>().BindConfiguration("Registry:Rollouts").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<RolloutStore>().AddSingleton<StepRollout>().AddSingleton<ChangeRollout>().AddHostedService<RolloutClock>();
    }

    public static void MapRollouts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/promotions/{id}", GetAsync)
            .RequirePermissionInHandler(Permission.Observe).WithName("GetPromotion").WithSummary("Says how a promotion stands: its state, its step, and every decision with its numbers.")
            .WithDescription("""
                A decision names each measure with both versions' values, the difference and an interval that holds at all times at once, so that it may be
                looked at as often as anybody likes. advance is decided when the interval leaves out that the version is worse than its guard allows, rollback
                (or pause) when it leaves out everything else, and wait until then.
                """)
            .Produces<Promotion>().Refuses(RolloutErrors.NotFound(Id)).WithResponseExample(StatusCodes.Status200OK, Example);

        routes.MapPost("/promotions/{id}/pause", PauseAsync)
            .RequirePermissionInHandler(Permission.Promote).WithName("PausePromotion").WithActor().WithSummary("Stops deciding about a promotion; the shares stay as they are.")
            .Produces<Promotion>().Refuses(RolloutErrors.NotFound(Id), RolloutErrors.NotRunning(Id, RolloutState.Completed))
            .WithResponseExample(StatusCodes.Status200OK, Example.Replace("running", "paused"));

        routes.MapPost("/promotions/{id}/resume", ResumeAsync)
            .RequirePermissionInHandler(Permission.Promote).WithName("ResumePromotion").WithActor().WithSummary("Goes on with a paused promotion, from the beginning of its step.")
            .Produces<Promotion>().Refuses(RolloutErrors.NotFound(Id), RolloutErrors.NotRunning(Id, RolloutState.Completed))
            .WithResponseExample(StatusCodes.Status200OK, Example);

        routes.MapDelete("/promotions/{id}", CancelAsync)
            .RequirePermissionInHandler(Permission.Promote).WithName("CancelPromotion").WithActor().WithSummary("Ends a promotion; all requests go to the version that had them before.")
            .Produces<Promotion>().Refuses(RolloutErrors.NotFound(Id), RolloutErrors.NotRunning(Id, RolloutState.Completed))
            .WithResponseExample(StatusCodes.Status200OK, Example.Replace("running", "cancelled"));
    }

    private static async Task<IResult> GetAsync(string id, RolloutStore rollouts, HistoryStore history, HttpContext context, CancellationToken cancellationToken)
    {
        var found = await rollouts.FindAsync(id, cancellationToken);
        if (!found.Succeeded(out var rollout, out var error))
            return await history.FindPromotionAsync(id, cancellationToken) is { } entry ? Answer(context, Promotion.Of(entry)) : Problems.From(error);
        return Answer(context, Promotion.Of(rollout));
    }

    private static IResult Answer(HttpContext context, Promotion promotion) =>
        context.Deny(Permission.Observe, promotion.Model) is { } denied ? Problems.From(denied) : TypedResults.Ok(promotion);

    private static Task<IResult> PauseAsync(string id, ChangeRollout change, RolloutStore rollouts, HttpContext context, CancellationToken cancellationToken) =>
        ChangeAsync(id, rollouts, context, change.PauseAsync, cancellationToken);

    private static Task<IResult> ResumeAsync(string id, ChangeRollout change, RolloutStore rollouts, HttpContext context, CancellationToken cancellationToken) =>
        ChangeAsync(id, rollouts, context, change.ResumeAsync, cancellationToken);

    private static Task<IResult> CancelAsync(string id, ChangeRollout change, RolloutStore rollouts, HttpContext context, CancellationToken cancellationToken) =>
        ChangeAsync(id, rollouts, context, change.CancelAsync, cancellationToken);

    private static async Task<IResult> ChangeAsync(string id, RolloutStore rollouts, HttpContext context,
        Func<string, string, CancellationToken, Task<Result<Rollout>>> change, CancellationToken cancellationToken)
    {
        var found = await rollouts.FindAsync(id, cancellationToken);
        if (!found.Succeeded(out var rollout, out var error)) return Problems.From(error);
        if (context.Deny(Permission.Promote, rollout.Model, rollout.Alias) is { } denied) return Problems.From(denied);
        return (await change(id, context.GetActor(), cancellationToken)).ToHttp(changed => TypedResults.Ok(Promotion.Of(changed)));
    }
}
