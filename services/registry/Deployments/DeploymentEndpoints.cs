using Platform.Contracts.Registry;
using Platform.Hosting.OpenApi;

namespace Platform.Registry.Deployments;

internal static class DeploymentEndpoints
{
    public static IServiceCollection AddDeployments(this IServiceCollection services) => services.AddSingleton<DeploymentReader>();

    public static void MapDeployments(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/deployments", async (DeploymentReader deployments, CancellationToken cancellationToken) =>
                TypedResults.Ok(await deployments.ReadAsync(cancellationToken)))
            .WithName("GetDeployments").WithSummary("Every alias that serves, with its version: what the other services agree with.")
            .Produces<DeploymentSnapshot>();
}
