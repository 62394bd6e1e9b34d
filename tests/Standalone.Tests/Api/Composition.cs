using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Explainer;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Hosting.WebConsole;
using Platform.Inference;
using Platform.Monitor;
using Platform.Registry;
using Platform.TestKit;

namespace Platform.Standalone.Tests.Api;

/// <summary>The services and the page in one process, as Program composes them, with their endpoints at hand.</summary>
public sealed class Composition : IAsyncLifetime
{
    private TestHost _host = null!;

    public HttpClient Http => _host.Http;

    internal IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. _host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(
        builder =>
        {
            builder.AddPlatformDefaults(StandaloneHost.Name);
            builder.AddRegistry().AddInference().AddMonitor().AddExplainer();
            builder.AddPlatformMessaging(
                RegistryService.Messaging, InferenceService.Messaging, MonitorService.Messaging, ExplainerService.Messaging);
            builder.Services.AddWebConsole();
        },
        app =>
        {
            app.MapPlatformDefaults();
            app.MapRegistry().MapInference().MapMonitor().MapExplainer().MapStandalone();
        });

    public async Task DisposeAsync() => await _host.DisposeAsync();
}
