using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Platform.Hosting.Telemetry;

/// <summary>
/// Traces and metrics by OpenTelemetry, told what to do by the environment variables of its specification (<see cref="Export"/>).
/// <c>/metrics</c> is always there.
/// </summary>
internal static class TelemetryDefaults
{
    // Not all of ASP.NET Core's: its memory pool and its routing count several times a request what nobody looks at.
    private static readonly string[] Meters =
    [
        "Platform.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting", "System.Net.Http", "System.Runtime", "MassTransit",
    ];

    // Beside the spans of requests in and out, which RequestTracing adds.
    private static readonly string[] Sources = ["Platform.*", "MassTransit"];

    public static void AddPlatformTelemetry(this WebApplicationBuilder builder, string process)
    {
        var export = Export.Read(builder.Configuration);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, process))
            .WithMetrics(metrics => AddMetrics(metrics, export));
        if (export.Traces) telemetry.WithTracing(traces => AddTraces(traces, export));
        builder.Services.AddHostedService<TelemetryService>();
    }

    // What the operator says (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) comes last, and so it holds.
    private static void Describe(ResourceBuilder resource, string process) =>
        resource.AddService(process, serviceNamespace: "platform", serviceVersion: Version()).AddEnvironmentVariableDetector();

    private static string Version() =>
        typeof(TelemetryDefaults).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    private static void AddMetrics(MeterProviderBuilder metrics, Export export)
    {
        metrics.AddMeter(Meters).AddMetricStreams().AddPrometheusExporter(options =>
        {
            // Who asks twice wants to know twice; and the name of a meter at every line is half of its length.
            options.ScrapeResponseCacheDurationMilliseconds = 0;
            options.ScopeInfoEnabled = false;
        });
        if (export.Exemplars) metrics.SetExemplarFilter(ExemplarFilterType.TraceBased);
        if (export.Metrics) metrics.AddOtlpExporter(options => export.Configure(options, Export.MetricsSignal));
    }

    private static void AddTraces(TracerProviderBuilder traces, Export export) => traces
        .AddSource(Sources).AddRequestTracing()
        .AddOtlpExporter(options => export.Configure(options, Export.TracesSignal));

    /// <summary>Sends what is left while the process still runs, and lets callers' traces pass.</summary>
    private sealed class TelemetryService(MeterProvider metrics, IServiceProvider services) : IHostedService, IDisposable
    {
        private readonly TracerProvider? _traces = services.GetService<TracerProvider>();
        private readonly IDisposable _callersTraces = RequestTracing.FollowCallersTraces();

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
