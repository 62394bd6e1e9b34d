using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;

namespace Platform.Monitor.Monitoring;

internal static class MonitoringEndpoint
{
    public static void MapMonitoring(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/models/{model}/monitoring", async (
            string model, [AsParameters] MonitoringQuery query, MonitoringReader reader, CancellationToken cancellationToken) =>
            (await reader.ReadAsync(model, query, cancellationToken)).ToHttp())
        .WithName("GetMonitoring").WithTags("Monitoring")
        .WithSummary("What has been found about a version: quality, drift, performance, fairness and service level, window by window.")
        .Produces<MonitoringAnswer>().WithResponseExample(StatusCodes.Status200OK, MonitoringExample.Answer)
        .Refuses(
            MonitoringErrors.UnknownModel("credit"), MonitoringErrors.UnknownVersion("credit", "9"),
            MonitoringErrors.NothingServes("credit"), MonitoringErrors.RegistryAway, Problems.Invalid("limit: Must be 1 to 500."));
}
