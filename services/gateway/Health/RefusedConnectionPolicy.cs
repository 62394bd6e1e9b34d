using Platform.Gateway.Retries;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Platform.Gateway.Health;

/// <summary>
/// A replica that refuses a connection is dead or not yet there: it is passed over at once, without waiting for its next probe.
/// </summary>
internal sealed class RefusedConnectionPolicy(IDestinationHealthUpdater health) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "RefusedConnection";

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (!ForwardingFailures.IsNoConnection(context.GetForwarderErrorFeature())) return;
        var passOverFor = cluster.Model.Config.HealthCheck?.Passive?.ReactivationPeriod ?? TimeSpan.Zero;
        health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, passOverFor);
    }
}
