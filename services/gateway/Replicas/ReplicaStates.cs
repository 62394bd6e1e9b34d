using Platform.Hosting.WebConsole;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Platform.Gateway.Replicas;

/// <summary>What the gateway knows of its replicas, for the page at <c>/</c>.</summary>
internal static class ReplicaStates
{
    public static IReadOnlyList<ReplicaState> Of(IServiceProvider services) =>
    [
        .. services.GetRequiredService<IProxyStateLookup>().GetClusters()
            .SelectMany(cluster => cluster.Destinations.Values.Select(replica => new ReplicaState(cluster.ClusterId, replica.Model.Config.Address, IsReady(replica))))
            .OrderBy(replica => replica.Service, StringComparer.Ordinal).ThenBy(replica => replica.Address, StringComparer.Ordinal),
    ];

    private static bool? IsReady(DestinationState replica) => (replica.Health.Active, replica.Health.Passive) switch
    {
        (_, DestinationHealth.Unhealthy) or (DestinationHealth.Unhealthy, _) => false,
        (DestinationHealth.Healthy, _) => true,
        _ => null,
    };
}
