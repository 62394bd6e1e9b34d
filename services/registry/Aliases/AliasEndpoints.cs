using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.Aliases;

internal static class AliasEndpoints
{
    public static IServiceCollection AddAliases(this IServiceCollection services) => services.AddSingleton<ChangeAlias>();

    public static void MapAliases(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/models/{model}/aliases/{alias}", SetAsync)
            .RequirePermission(Permission.Promote).OnDenial(DeniedPromotion.RecordAsync).WithName("SetAlias").WithActor().WithSummary("Makes an alias name a version. The champion moves by promotion only.")
            .WithDescription("An alias stands for the version's number wherever one is asked for. A new one is made, another one moved.")
            .Produces<AliasDescription>()
            .Refuses(ModelErrors.NotFound("credit"), VersionErrors.NotFound("credit", "7"), AliasErrors.Protected)
            .WithRequestExample("""{"version":"2"}""")
            .WithResponseExample(StatusCodes.Status200OK, """
                {"model":"credit","alias":"challenger","version":"2","at":"2026-01-15T09:30:00Z"}
                """);

        routes.MapDelete("/models/{model}/aliases/{alias}", RemoveAsync)
            .RequirePermission(Permission.Promote).OnDenial(DeniedPromotion.RecordAsync).WithName("RemoveAlias").WithActor().WithSummary("Removes an alias. The champion stays.")
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(ModelErrors.NotFound("credit"), AliasErrors.NotFound("credit", "challenger"), AliasErrors.Protected,
                Problems.Invalid($"alias: {AliasName.Rule}"));
    }

    private static async Task<IResult> SetAsync(string model, string alias, SetAliasRequest request, ChangeAlias aliases,
        HttpContext context, CancellationToken cancellationToken) =>
        (await aliases.SetAsync(model, alias, request, context.GetActor(), cancellationToken)).ToHttp();

    private static async Task<IResult> RemoveAsync(
        string model, string alias, ChangeAlias aliases, HttpContext context, CancellationToken cancellationToken) =>
        (await aliases.RemoveAsync(model, alias, context.GetActor(), cancellationToken)).ToHttp(_ => TypedResults.NoContent());
}
