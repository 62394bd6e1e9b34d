using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Hosting.Defaults;
using Platform.TestKit;

namespace Platform.Gateway.Tests;

/// <summary>A gateway before four servers that answer with their own name.</summary>
internal sealed class Edge : IAsyncDisposable
{
    private static readonly string[] Services = ["Registry", "Inference", "Monitor", "Explainer"];

    private readonly Dictionary<string, TestHost> _services = [];

    public TestHost Gateway { get; private set; } = null!;

    public HttpClient Http => Gateway.Http;

    public static async Task<Edge> StartAsync()
    {
        var edge = new Edge();
        foreach (var name in Services) edge._services[name] = await StartServiceAsync(name.ToLowerInvariant());
        edge.Gateway = await TestHost.StartAsync(
            builder => builder.AddPlatformDefaults(GatewayService.Name).AddGateway(),
            app => app.MapPlatformDefaults().MapGateway(),
            [
                new("Gateway:ProbeInterval", "00:00:00.200"),
                .. edge._services.Select(service => KeyValuePair.Create($"Gateway:{service.Key}", (string?)service.Value.Address.ToString())),
            ]);
        return edge;
    }

    public ValueTask StopAsync(string service) => _services.Remove(service, out var host) ? host.DisposeAsync() : default;

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var service in _services.Values) await service.DisposeAsync();
    }

    private static Task<TestHost> StartServiceAsync(string name) => TestHost.StartAsync(
        builder => builder.AddPlatformDefaults(name),
        app => app.MapPlatformDefaults().Map("/{**path}", (HttpContext context) =>
            Results.Json(new { service = name, requestId = context.GetRequestId() })));
}
