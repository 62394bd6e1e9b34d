using System.Text.Json;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Registry.Aliases;
using Platform.Registry.Gates;
using Platform.Registry.Models;
using Platform.Registry.Policies;
using Platform.Registry.Rollouts;
using Platform.Registry.Sessions;
using Platform.Registry.Versions;

namespace Platform.Registry.Promotions;

internal static class PromotionEndpoints
{
    public const string PromotionExample = """
        {"id":"0198c5d2-7d0a-7c3e-9a54-2f1c5b7a9e10","model":"credit","version":"2","alias":"champion","previousVersion":"1",
         "state":"completed","strategy":{"kind":"immediate"},
         "gates":[{"gate":"answers_reference","metric":null,"passed":true,"measured":250,"required":250,
         "detail":"All rows are answered with finite numbers."}],
         "at":"2026-01-15T09:30:00Z","by":"ann","reason":"better on young applicants"}
        """;

    public static IServiceCollection AddPromotions(this IServiceCollection services) =>
        services.AddSingleton<Promote>().AddSingleton<RollBack>().AddSingleton<RollBackByAlert>().AddSingleton<BeginRollout>();

    public static void MapPromotions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/models/{model}/promotions", PromoteAsync)
            .RequirePermissionInHandler(Permission.Promote).OnDenial(DeniedPromotion.RecordAsync).WithName("PromoteVersion").WithActor().WithSummary("Measures the gates and, if all pass, makes an alias name the version.")
            .WithDescription("""
                The version is loaded, answers its reference rows and is held against the model's bounds. If a gate fails nothing changes, and
                the refusal says what each measured.
                The gate signature holds the version against the one that the alias names now: the inputs by name, datatype and shape, of which
                none may be gone, narrower or new without a default, and the outputs, of which none may be gone or wider. A promotion with
                allowSignatureChange goes through nevertheless; the gate says then what changed.
                With a strategy other than immediate the answer is 202, and Location says where the promotion can be followed: canary gives the version
                larger shares step by step, as long as its guards hold; ab divides the requests until the primary measure is decided; blue_green switches
                at once and keeps the version before loaded; shadow lets the version answer beside the champion, whose answers callers get. With dryRun
                the gates are measured and nothing moves; expected says how many samples each step will probably need. An override with a reason, which
                needs the permission manage as well, lets a version through that fails gates of the model's policy; the gates' verdicts and the reason
                stay in the history. Callers who may not promote are noted there, too.
                """)
            .Produces<Promotion>().Produces<Promotion>(StatusCodes.Status202Accepted).WithLocation(StatusCodes.Status202Accepted)
            .Refuses(ModelErrors.NotFound("credit"), VersionErrors.NotFound("credit", "7"), RolloutErrors.StrategyUnsupported("gradual"), RolloutErrors.MeasureUnsupported("cost"),
                ModelErrors.PromotionRunning("champion", "0198c5d2-7d0a-7c3e-9a54-2f1c5b7a9e10"), RolloutErrors.NothingToCompare("champion", "2"),
                PromotionErrors.GatesFailed("2", [FailedGateExample]), SessionsBusyException.Refusal, VettingErrors.Unavailable)
            .WithRequestExample("""{"version":"2","alias":"champion","strategy":{"kind":"immediate"},"reason":"better on young applicants"}""")
            .WithResponseExample(StatusCodes.Status200OK, PromotionExample)
            .WithResponseExample(StatusCodes.Status202Accepted, RolloutEndpoints.Example);

        routes.MapPost("/models/{model}/rollback", RollBackAsync)
            .RequirePermissionInHandler(Permission.Promote).OnDenial(DeniedPromotion.RecordAsync).WithName("RollBack").WithActor().WithSummary("Makes an alias name the version that it named before.")
            .WithDescription("No gate is measured: the version has served before, and a roll-back has no time to lose. The body may be left out.")
            .Produces<Promotion>()
            .Refuses(ModelErrors.NotFound("credit"), AliasErrors.NotFound("credit", "challenger"),
                PromotionErrors.NoPreviousVersion("credit", "champion"),
                ModelErrors.PromotionRunning("champion", "0198c5d2-7d0a-7c3e-9a54-2f1c5b7a9e10"))
            .WithRequestExample("""{"reason":"drift"}""")
            .WithResponseExample(StatusCodes.Status200OK, """
                {"id":"0198c5d2-8f1b-7a77-8c3e-6d0b1f2a4c55","model":"credit","version":"1","alias":"champion","previousVersion":"2",
                 "state":"completed","strategy":{"kind":"immediate"},"gates":[],"at":"2026-01-15T09:45:00Z","by":"ann","reason":"drift"}
                """);
    }

    private static GateRecord FailedGateExample { get; } = new()
    {
        Gate = RequiredMetricsGate.Gate,
        Metric = "accuracy",
        Passed = false,
        Measured = JsonSerializer.SerializeToElement(0.64),
        Required = JsonSerializer.SerializeToElement(new { atLeast = 0.7 }),
        Detail = "accuracy is 0.64; it must be at least 0.7.",
    };

    private static async Task<IResult> PromoteAsync(
        string model, PromoteRequest request, Promote promote, HttpContext context, CancellationToken cancellationToken)
    {
        var alias = request.Alias ?? AliasName.Champion;
        return (context.Deny(Permission.Promote, model, alias) ?? (request.Override is null ? null : context.Deny(Permission.Manage, model))) is { } denied
            ? await RefuseAsync(context, model, request.Version, alias, denied)
            : (await promote.HandleAsync(model, request, context.GetActor(), cancellationToken))
            .ToHttp(promotion => promotion.State == RolloutState.Running
                ? TypedResults.Accepted($"/v1/promotions/{promotion.Id}", promotion)
                : TypedResults.Ok(promotion));
    }

    private static async Task<IResult> RollBackAsync(
        string model, RollBackRequest? request, RollBack rollBack, HttpContext context, CancellationToken cancellationToken)
    {
        var alias = request?.Alias ?? AliasName.Champion;
        return context.Deny(Permission.Promote, model, alias) is { } denied
            ? await RefuseAsync(context, model, null, alias, denied)
            : (await rollBack.HandleAsync(model, request ?? new RollBackRequest(), context.GetActor(), cancellationToken)).ToHttp();
    }

    private static async Task<IResult> RefuseAsync(HttpContext context, string model, string? version, string alias, Error denied)
    {
        await DeniedPromotion.RecordAsync(context, model, version, alias, denied);
        return Problems.From(denied);
    }
}
