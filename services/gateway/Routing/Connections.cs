using Platform.Gateway.Settings;
using Platform.Hosting.Tls;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Gateway.Routing;

/// <summary>How the proxy connects to replicas.</summary>
internal sealed class Connections(GatewaySettings settings, IServiceProvider services) : ForwarderHttpClientFactory
{
    // A name in the place of an address may come to mean other machines; new connections find them.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = settings.Current.ConnectTimeout;
        handler.PooledConnectionLifetime = Lifetime;
        handler.BelievePlatform(services);
    }
}
