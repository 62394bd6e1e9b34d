using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Platform.Gateway.Health;

/// <summary>The gateway is ready when each service has answered its last probe.</summary>
internal static class ServiceHealth
{
    /// <summary>The services that are not ready, in a sentence; null when all are.</summary>
    public static string? WaitingFor(IServiceProvider services)
    {
        var missing = services.GetRequiredService<IProxyStateLookup>().GetClusters()
            .Where(cluster => !cluster.Destinations.Values.Any(IsHealthy))
            .Select(cluster => cluster.ClusterId)
            .Order(StringComparer.Ordinal)
            .ToList();
        return missing.Count == 0 ? null : $"not ready: {string.Join(", ", missing)}";
    }

    private static bool IsHealthy(DestinationState destination) => destination.Health.Active == DestinationHealth.Healthy;
}
