using System.Diagnostics;
using Microsoft.AspNetCore.Routing;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Platform.Hosting.Telemetry;

/// <summary>
/// Traces and metrics by OpenTelemetry. <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (and its siblings of the OpenTelemetry
/// specification) sends both over OTLP, metrics not with <c>OTEL_METRICS_EXPORTER=none</c>; <c>/metrics</c> is always there in
/// Prometheus text form.
/// </summary>
internal static class TelemetryDefaults
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsExporter = "OTEL_METRICS_EXPORTER";

    // Not all of ASP.NET Core's: its memory pool and its routing count several times a request what nobody looks at.
    private static readonly string[] Meters =
    [
        "Platform.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting", "System.Net.Http", "System.Runtime", "MassTransit",
    ];

    private static readonly string[] Sources = ["Platform.*", "Microsoft.AspNetCore", "System.Net.Http", "MassTransit"];

    public static void AddPlatformTelemetry(this WebApplicationBuilder builder, string process)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(process, serviceNamespace: "platform");
        var exportsOtlp = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        var exportsMetrics = exportsOtlp && builder.Configuration[MetricsExporter] != "none";
        builder.Services.AddSingleton<PrometheusExporter>();
        builder.Services.AddSingleton(services => BuildMetrics(resource, services.GetRequiredService<PrometheusExporter>(), exportsMetrics));
        if (exportsOtlp) builder.Services.AddSingleton(_ => BuildTraces(resource));
        builder.Services.AddHostedService<TelemetryService>();
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", (PrometheusExporter exporter) =>
                TypedResults.Text(exporter.Collect(), PrometheusExporter.ContentType))
            .WithName("GetMetrics").WithTags("Health").WithSummary("Metrics in Prometheus text form.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");

    private static MeterProvider BuildMetrics(ResourceBuilder resource, PrometheusExporter exporter, bool exportsOtlp)
    {
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddReader(exporter.Reader);
        if (exportsOtlp) metrics.AddOtlpExporter();
        return metrics.Build();
    }

    private static TracerProvider BuildTraces(ResourceBuilder resource) =>
        Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build();

    /// <summary>A request that brings a trace keeps its id in our records and messages even where nothing is exported.</summary>
    private static ActivityListener FollowCallersTraces()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == default ? ActivitySamplingResult.None : ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Builds the providers at start, so that they listen before the first request.</summary>
    private sealed class TelemetryService(MeterProvider metrics, IServiceProvider services) : IHostedService, IDisposable
    {
        private readonly TracerProvider? _traces = services.GetService<TracerProvider>();
        private readonly ActivityListener _callersTraces = FollowCallersTraces();

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => _callersTraces.Dispose();

        public Task StopAsync(CancellationToken cancellationToken)
        {
            metrics.ForceFlush(timeoutMilliseconds: 1000);
            _traces?.ForceFlush(timeoutMilliseconds: 1000);
            return Task.CompletedTask;
        }
    }
}
