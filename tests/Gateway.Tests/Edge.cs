using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Gateway.Replicas;
using Platform.Hosting.Defaults;
using Platform.Hosting.Http;
using Platform.TestKit;

namespace Platform.Gateway.Tests;

/// <summary>A gateway before four servers that answer with their own name, or before servers of the test's own.</summary>
internal sealed class Edge : IAsyncDisposable
{
    private static readonly string[] Services = ["Registry", "Inference", "Monitor", "Explainer"];

    /// <summary>On a busy machine a replica is slow to answer, which is not what the tests are about.</summary>
    private static readonly KeyValuePair<string, string?>[] Patient =
        [new("Gateway:ProbeInterval", "00:05:00"), new("Gateway:ConnectTimeout", "00:01:00"), new("Logging:LogLevel:Default", "None")];

    /// <summary>For tests about readiness: replicas are asked often.</summary>
    public static readonly KeyValuePair<string, string?> Watchful = new("Gateway:ProbeInterval", "00:00:00.200");

    private readonly Dictionary<string, TestHost> _services = [];

    public TestHost Gateway { get; private set; } = null!;

    public HttpClient Http => Gateway.Http;

    public static async Task<Edge> StartAsync(params KeyValuePair<string, string?>[] settings)
    {
        var edge = new Edge();
        foreach (var name in Services) edge._services[name] = await StartServiceAsync(name.ToLowerInvariant());
        edge.Gateway = await StartGatewayAsync([.. edge._services.Select(service => Setting(service.Key, service.Value.Address)), .. settings]);
        return edge;
    }

    /// <summary>A gateway whose services are all where <paramref name="settings"/> says, or nowhere.</summary>
    public static Task<TestHost> StartGatewayAsync(params IReadOnlyList<KeyValuePair<string, string?>> settings) =>
        StartGatewayAsync(Dns.GetHostAddressesAsync, settings);

    /// <summary>The same, with addresses of the test's own behind names.</summary>
    public static Task<TestHost> StartGatewayAsync(NameLookup lookup, params IReadOnlyList<KeyValuePair<string, string?>> settings) => TestHost.StartAsync(
        builder => builder.AddPlatformDefaults(GatewayService.Name).AddGateway().Services.AddSingleton(lookup),
        app => app.MapPlatformDefaults().MapGateway(),
        [.. settings.Concat(Patient).Concat(Services.Select(Nowhere)).DistinctBy(setting => setting.Key)]);

    /// <summary>The replicas of a service, as the configuration names them.</summary>
    public static KeyValuePair<string, string?> Setting(string service, params IEnumerable<Uri> replicas) =>
        new($"Gateway:{service}", string.Join(",", replicas));

    /// <summary>Changes the configuration of a running gateway.</summary>
    public static void Change(TestHost gateway, params IReadOnlyList<KeyValuePair<string, string?>> settings)
    {
        var configuration = (IConfigurationRoot)gateway.App.Services.GetRequiredService<IConfiguration>();
        foreach (var (name, value) in settings) configuration[name] = value;
        configuration.Reload();
    }

    /// <summary>Where a service listens.</summary>
    public Uri AddressOf(string service) => _services.Single(host => host.Key.Equals(service, StringComparison.OrdinalIgnoreCase)).Value.Address;

    public ValueTask StopAsync(string service) => _services.Remove(service, out var host) ? host.DisposeAsync() : default;

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var service in _services.Values) await service.DisposeAsync();
    }

    /// <summary>A server that answers every path with its name and what it was told.</summary>
    public static Task<TestHost> StartServiceAsync(string name, params IReadOnlyList<KeyValuePair<string, string?>> settings) => TestHost.StartAsync(
        builder => builder.AddPlatformDefaults(name),
        app =>
        {
            app.MapPlatformDefaults().Map("/{**path}", (HttpContext context) => Answer(name, context));
            app.MapGet($"/{name}", (HttpContext context) => Answer(name, context)).WithSummary("A route of its own.");
        },
        settings);

    private static IResult Answer(string name, HttpContext context) => Results.Json(new
    {
        service = name,
        items = Array.Empty<object>(),
        id = RequestIds.FromPath(context.Request.Path.Value!.Split('/')[^1]),
        requestId = context.GetRequestId(),
        traceParent = context.Request.Headers.TraceParent.ToString(),
        actor = context.Request.Headers["x-actor"].ToString(),
        forwardedFor = context.Request.Headers["X-Forwarded-For"].ToString(),
    });

    private static KeyValuePair<string, string?> Nowhere(string service) => Setting(service, new Uri("http://127.0.0.1:9"));
}
