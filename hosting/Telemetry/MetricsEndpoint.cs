using Microsoft.AspNetCore.Routing;
using Platform.Hosting.Access;

namespace Platform.Hosting.Telemetry;

internal static class MetricsEndpoint
{
    private const string Text = "text/plain";
    private const string OpenMetrics = "application/openmetrics-text";

    /// <summary>
    /// <c>/metrics</c>: Prometheus text, or OpenMetrics where it is asked for, which names the traces of measurements too; compressed
    /// for whoever takes that.
    /// </summary>
    public static void MapMetrics(this WebApplication app)
    {
        var scrape = ((IEndpointRouteBuilder)app).CreateApplicationBuilder()
            .UseOpenTelemetryPrometheusScrapingEndpoint(_ => true).Build();
        // As a plain delegate the route would be missing from the OpenAPI document.
        app.MapGet("/metrics", (Delegate)((HttpContext context) => scrape(context))).AllowAnybody()
            .WithName("GetMetrics").WithTags("Health").WithSummary("Metrics in Prometheus text form, or in that of OpenMetrics.")
            .Produces<string>(StatusCodes.Status200OK, Text, OpenMetrics);
    }
}
