using System.Net.NetworkInformation;

namespace Platform.Supervisor.Machine;

/// <summary>Ports on loopback that nobody uses, below those that the system hands out to clients, each given once.</summary>
internal sealed class FreePorts
{
    private const int First = 10_000;
    private const int Last = 32_000;

    private readonly HashSet<int> _taken = InUse();

    /// <summary>The first of <paramref name="count"/> consecutive free ports.</summary>
    public int Take(int count)
    {
        while (true)
        {
            var ports = Enumerable.Range(Random.Shared.Next(First, Last), count).ToList();
            if (_taken.Overlaps(ports)) continue;
            _taken.UnionWith(ports);
            return ports[0];
        }
    }

    private static HashSet<int> InUse()
    {
        var network = IPGlobalProperties.GetIPGlobalProperties();
        return
        [
            .. network.GetActiveTcpListeners().Select(listener => listener.Port),
            .. network.GetActiveTcpConnections().Select(connection => connection.LocalEndPoint.Port),
        ];
    }
}
