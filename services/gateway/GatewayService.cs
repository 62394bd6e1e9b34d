using Platform.Gateway.Health;
using Platform.Gateway.Routing;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.Messaging;
using Yarp.ReverseProxy.Configuration;

namespace Platform.Gateway;

/// <summary>The public edge of distributed mode: one address in front of four services.</summary>
public static class GatewayService
{
    /// <summary>The service's name.</summary>
    public const string Name = "gateway";

    /// <summary>It takes no part in the bus yet.</summary>
    public static ServiceMessaging Messaging { get; } = ServiceMessaging.PublishOnly(Name);

    /// <summary>Adds the reverse proxy with a route for every public path.</summary>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IProxyConfigProvider, RouteProvider>();
        services.AddReverseProxy().AddTransforms(RequestIdTransform.Apply);
        services.AddSingleton(new ErrorSurface("/v2", error => new { error = error.Detail }));
        services.AddReadinessCheck(Name, ServiceHealth.WaitingFor);
        return builder;
    }

    /// <summary>Maps the proxy.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        app.MapReverseProxy();
        return app;
    }
}
