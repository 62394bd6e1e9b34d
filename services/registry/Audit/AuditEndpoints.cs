using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Registry.Models;

namespace Platform.Registry.Audit;

internal static class AuditEndpoints
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<VerifyHistory>();

    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit/verify", VerifyAsync)
            .RequirePermission(Permission.Observe).WithName("VerifyHistory").WithSummary("Proves that the histories are those that were recorded.")
            .WithDescription("""
                Every entry of a history holds the hash of the one before and of its own content. Of all models, or of the one that is named. Whoever can
                write everything that is stored can make a chain anew: a copy of an entry's hash, kept elsewhere, shows that, too.
                """)
            .Produces<AuditReport>().Refuses(ModelErrors.NotFound("credit"))
            .WithResponseExample(StatusCodes.Status200OK, """{"valid":true,"models":4,"entries":57,"unhashed":0,"firstBad":null}""");

    private static async Task<IResult> VerifyAsync(string? model, VerifyHistory verify, CancellationToken cancellationToken) => model is null
        ? TypedResults.Ok(await verify.HandleAsync(cancellationToken))
        : (await verify.HandleAsync(model, cancellationToken)).ToHttp();
}
