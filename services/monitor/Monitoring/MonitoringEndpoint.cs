using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;

namespace Platform.Monitor.Monitoring;

internal static class MonitoringEndpoint
{
    public static void MapMonitoring(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/models/{model}/monitoring", async (
            string model, [AsParameters] MonitoringQuery query, MonitoringReader reader, CancellationToken cancellationToken) =>
            (await reader.ReadAsync(model, query, cancellationToken)).ToHttp())
        .RequirePermission(Permission.Observe).WithName("GetMonitoring").WithTags("Monitoring")
        .WithSummary("What has been found about a version: quality, drift, performance, fairness and service level, window by window.")
        .WithDescription("""
            The latest windows, the oldest of them first: 20, the newest with the verdict on every feature and those before with a headline,
            unless detail asks for one of the two or for all that was computed. Earlier ones come with limit, from, to, and after.
            """)
        .Produces<MonitoringAnswer>().WithResponseExample(StatusCodes.Status200OK, MonitoringExample.Answer)
        .Refuses(
            MonitoringErrors.UnknownModel("credit"), MonitoringErrors.UnknownVersion("credit", "9"),
            MonitoringErrors.NothingServes("credit"), MonitoringErrors.RegistryAway, Problems.Invalid("limit: Must be 1 to 500."));
}
