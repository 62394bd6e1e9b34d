using System.Net.NetworkInformation;

namespace Platform.Integration.Tests.Servers;

/// <summary>Ports for servers that need several in a row.</summary>
internal static class ConsecutivePorts
{
    private const int Count = 4;

    private static readonly Lock Choosing = new();
    private static readonly HashSet<int> Given = [];

    /// <summary>The first of four ports that nobody uses, below those that the system hands out to clients.</summary>
    public static int Free()
    {
        lock (Choosing)
        {
            var network = IPGlobalProperties.GetIPGlobalProperties();
            Given.UnionWith(network.GetActiveTcpListeners().Select(listener => listener.Port));
            Given.UnionWith(network.GetActiveTcpConnections().Select(connection => connection.LocalEndPoint.Port));
            while (true)
            {
                var ports = Enumerable.Range(Random.Shared.Next(10_000, 32_000), Count).ToList();
                if (Given.Overlaps(ports)) continue;
                Given.UnionWith(ports);
                return ports[0];
            }
        }
    }
}
