using Microsoft.Extensions.Primitives;
using Platform.Gateway.Limits;
using Platform.Gateway.Settings;
using Yarp.ReverseProxy.Configuration;

namespace Platform.Gateway.Routing;

/// <summary>
/// The proxy's configuration from <see cref="PublicPaths"/> and the settings in force. A change reaches the proxy while requests
/// run: those under way end where they began.
/// </summary>
internal sealed class RouteProvider : IProxyConfigProvider, IDisposable
{
    private readonly GatewaySettings _settings;
    private volatile Config _config;

    public RouteProvider(GatewaySettings settings)
    {
        (_settings, _config) = (settings, new Config(settings.Current));
        settings.Changed += Reload;
    }

    public IProxyConfig GetConfig() => _config;

    public void Dispose() => _settings.Changed -= Reload;

    private void Reload()
    {
        var old = _config;
        _config = new Config(_settings.Current);
        old.Outdate();
    }

    private sealed class Config(GatewayOptions options) : IProxyConfig
    {
        private readonly ConfigurationReloadToken _outdated = new();

        public IReadOnlyList<RouteConfig> Routes { get; } = [.. PublicPaths.All.Select(path => Route(path.Service, path.Path, options))];

        public IReadOnlyList<ClusterConfig> Clusters { get; } = Routing.Clusters.All(options);

        public IChangeToken ChangeToken => _outdated;

        public void Outdate() => _outdated.OnReload();

        private static RouteConfig Route(string service, string path, GatewayOptions options) => new()
        {
            RouteId = $"{service} {path}",
            ClusterId = service,
            Match = new RouteMatch { Path = path },
            MaxRequestBodySize = RouteLimits.Of(path, options),
        };
    }
}
