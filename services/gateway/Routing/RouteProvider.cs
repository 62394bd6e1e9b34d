using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Gateway.Routing;

/// <summary>The proxy's configuration from <see cref="PublicPaths"/> and <see cref="GatewayOptions"/>.</summary>
internal sealed class RouteProvider(IOptions<GatewayOptions> options) : IProxyConfigProvider
{
    private readonly Config _config = new(
        [.. PublicPaths.All.Select(Route)],
        [
            Cluster(PublicPaths.Registry, options.Value.Registry, options.Value),
            Cluster(PublicPaths.Inference, options.Value.Inference, options.Value),
            Cluster(PublicPaths.Monitor, options.Value.Monitor, options.Value),
            Cluster(PublicPaths.Explainer, options.Value.Explainer, options.Value),
        ]);

    public IProxyConfig GetConfig() => _config;

    private static RouteConfig Route((string Service, string Path) path) => new()
    {
        RouteId = $"{path.Service} {path.Path}",
        ClusterId = path.Service,
        Match = new RouteMatch { Path = path.Path },
        // The services limit their own bodies; a model file is larger than the server's default.
        MaxRequestBodySize = -1,
    };

    private static ClusterConfig Cluster(string service, Uri address, GatewayOptions options) => new()
    {
        ClusterId = service,
        Destinations = new Dictionary<string, DestinationConfig> { [service] = new() { Address = address.ToString() } },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = options.AnswerTimeout },
        HealthCheck = new HealthCheckConfig
        {
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Interval = options.ProbeInterval,
                Timeout = options.ProbeInterval,
                Path = "/health/ready",
            },
        },
    };

    private sealed record Config(IReadOnlyList<RouteConfig> Routes, IReadOnlyList<ClusterConfig> Clusters) : IProxyConfig
    {
        // It never changes: the token is one that nobody can fire.
        public IChangeToken ChangeToken { get; } = new CancellationChangeToken(CancellationToken.None);
    }
}
