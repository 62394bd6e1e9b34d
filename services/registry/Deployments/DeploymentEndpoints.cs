using Platform.Contracts.Registry;
using Platform.Hosting.Access;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Paging;
using Platform.Registry.Versions;

namespace Platform.Registry.Deployments;

internal static class DeploymentEndpoints
{
    public static IServiceCollection AddDeployments(this IServiceCollection services) => services.AddSingleton<DeploymentReader>();

    public static void MapDeployments(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/deployments", async ([AsParameters] PageQuery page, DeploymentReader deployments, HttpContext context, CancellationToken cancellationToken) =>
                TypedResults.Ok(Of(context, await ReadAsync(deployments, page, cancellationToken))))
            .RequirePermissionInHandler(Permission.Observe).WithName("GetDeployments").WithSummary("Every alias that serves, with its version: what the other services agree with. Without limit and after all of them at once.")
            .Produces<DeploymentSnapshot>().WithResponseExample(StatusCodes.Status200OK, Example);

    // All, where nobody asks for a page: as it was before there were pages.
    private static Task<DeploymentSnapshot> ReadAsync(DeploymentReader deployments, PageQuery page, CancellationToken cancellationToken) =>
        page is { Limit: null, After: null } ? deployments.ReadAsync(cancellationToken) : deployments.ReadAsync(page.GetSize(), page.After, cancellationToken);

    private static DeploymentSnapshot Of(HttpContext context, DeploymentSnapshot snapshot) =>
        snapshot with { Items = [.. snapshot.Items.Where(deployment => context.Permits(Permission.Observe, deployment.Model))] };

    private const string Example = $$"""
        {"sequence":7,"items":[{"model":"credit","alias":"champion","version":"1",
         "sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","strategy":{"kind":"canary"},
         "split":[{"version":"1","weight":0.95,"role":"champion"},{"version":"2","weight":0.05,"role":"challenger"}],
         "at":"2026-01-15T09:31:00Z","description":{{VersionEndpoints.VersionExample}}}],"next":null}
        """;
}
