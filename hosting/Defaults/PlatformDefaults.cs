using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Hosting.Keys;
using Platform.Hosting.Management;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Replicas;
using Platform.Hosting.Telemetry;

namespace Platform.Hosting.Defaults;

/// <summary>What every process of the platform has, whichever services it runs.</summary>
public static class PlatformDefaults
{
    // Watching means one inotify watch for every folder below the content root.
    private const string WithoutWatching = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>
    /// The builder of a program: its files, <c>appsettings.json</c> among them, are those of its own folder, wherever it was started, and
    /// are read once.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(params IReadOnlyList<string> args) => WebApplication.CreateBuilder(
        new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = [WithoutWatching, .. args] });

    /// <summary>Adds configuration, logs, traces, metrics, health, problem details, OpenAPI and the JSON dialect.</summary>
    public static WebApplicationBuilder AddPlatformDefaults(this WebApplicationBuilder builder, string process)
    {
        ProcessTuning.SpareTheOnlyProcessor();
        ProcessTuning.AllowForABlockedThread();
        builder.Configuration.AddEnvironmentVariables("PLATFORM_");
        builder.AddPlatformLogging();
        builder.AddPlatformTelemetry(process);
        builder.AddPlatformHttp();

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddPlatformAccess(process);
        if (!builder.Services.AsksNobody())
        {
            builder.Services.AddPlatformCallers();
            builder.Services.AddPlatformKeys();
        }
        builder.Services.AddPlatformErrors();
        builder.Services.AddPlatformHealth();
        builder.Services.AddPlatformCompression();
        builder.Services.AddPlatformOpenApi();
        return builder;
    }

    /// <summary>Adds the middleware and the routes <c>/health/live</c>, <c>/health/ready</c>, <c>/metrics</c> and <c>/openapi/v1.json</c>.</summary>
    public static WebApplication MapPlatformDefaults(this WebApplication app)
    {
        app.UseRequestIds();
        app.UseHeadRequests();
        app.UsePlatformErrors();
        app.UseHeaderRules();
        app.UsePlatformAccess();
        app.UseManagementPort();
        app.UseRouting();
        app.UseHeadBehindRouting();
        app.UsePlatformCallers();
        app.UsePlatformCompression();
        app.UseBodiesForBareStatuses();
        app.UseDescribedBodies();
        app.UseActiveReplicas();
        app.UseJsonAnswers();
        app.MapPlatformHealth();
        app.MapMetrics();
        app.MapPlatformOpenApi();
        return app;
    }
}
