using System.Diagnostics.Metrics;
using System.Net;
using Platform.Gateway.Descriptions;
using Platform.Gateway.Draining;
using Platform.Gateway.Health;
using Platform.Gateway.Limits;
using Platform.Gateway.Replicas;
using Platform.Gateway.Retries;
using Platform.Gateway.Routing;
using Platform.Gateway.Settings;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Hosting.Keys;
using Platform.Hosting.Management;
using Platform.Hosting.Messaging;
using Platform.Hosting.WebConsole;
using Platform.Hosting.Replicas;
using Platform.Hosting.Telemetry;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.ServiceDiscovery;
using Yarp.ReverseProxy.Transforms;

namespace Platform.Gateway;

/// <summary>The public edge of distributed mode: one address in front of four services and all their replicas.</summary>
public static class GatewayService
{
    /// <summary>The service's name.</summary>
    public const string Name = "gateway";

    /// <summary>It takes no part in the bus yet.</summary>
    public static ServiceMessaging Messaging { get; } = ServiceMessaging.PublishOnly(Name);

    /// <summary>Adds the reverse proxy with a route for every public path.</summary>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        // A change of a replica's health is logged; that a probe failed again is not worth a stack trace every few seconds.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", LogLevel.Error);
        // It writes whole addresses, and what stands behind the question mark may open something; what went wrong the gateway says itself.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder.HttpForwarder", LogLevel.None);
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        var services = builder.Services;
        services.AddSettings();
        services.AddSingleton(provider => new RetryMetrics(provider.GetRequiredService<IMeterFactory>(), PublicPaths.Services));
        services.AddSingleton<IProxyConfigProvider, RouteProvider>();
        services.AddSingleton<IPassiveHealthCheckPolicy, RefusedConnectionPolicy>();
        services.AddKnownProxies();
        services.AddClientRateLimit();
        services.AddReverseProxy()
            .AddTransforms(RequestIdTransform.Apply)
            .AddTransforms(transforms => transforms.AddRequestHeaderRemove(ActiveReplicaDefaults.PassedOn))
            .AddTransforms(BrowserHeaders.Remove)
            .AddTransforms(GrpcTransform.Apply)
            .AddTransforms(EndlessAnswers.Apply);
        services.AddSingleton<IForwarderHttpClientFactory, Connections>();
        services.AddUncounted("http.client.request.duration"); // the edge's own duration, and that of the service, say more for less
        services.AddSingleton<NameLookup>(Dns.GetHostAddressesAsync);
        services.AddSingleton<IDestinationResolver, NamedReplicas>();
        services.AddSingleton(new ErrorSurface("/v2", error => new { error = error.Detail }));
        services.AddMLflowErrors();
        services.AddTransient<ReplicaHandler>();
        services.AddWebConsole(ReplicaStates.Of);
        services.AddDescriptions();
        services.AddRegistryKeys().ConfigureHttpClient(http => http.BaseAddress = ReplicaHandler.AddressOf(PublicPaths.Registry)).AskReplicas();
        services.AddReadinessCheck(Name, ServiceHealth.WaitingFor);
        return builder;
    }

    /// <summary>Maps the proxy, the page at <c>/</c> and the description of all routes.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseClientRateLimit();
        var own = app.MapGroup("").RequireRateLimiting(ClientRateLimit.Policy).AllowAnybody();
        own.MapWebConsole();
        own.MapDescriptions();
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<BodyLimit>();
            proxy.UseMiddleware<RetryMiddleware>();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        })
            .RequireRateLimiting(ClientRateLimit.Policy)
            .WithoutCompression() // the services have seen to it
            .AllowAnybody(asksWho: ClientRateLimit.IsLimited(app.Services)); // they decide who may, and only a limit asks here who it is
        return app;
    }
}
