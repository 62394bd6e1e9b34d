using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Platform.Gateway.Replicas;

/// <summary>
/// In containers and clusters one name stands for all replicas of a service: each address behind it becomes a replica of its own,
/// with its own health and load. The name is looked up again and again; while it is not known it stays what it is, so that a
/// service without replicas takes none of the others away.
/// </summary>
internal sealed class NamedReplicas(NameLookup lookup) : IDestinationResolver
{
    private static readonly TimeSpan LookUpEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var resolved = await Task.WhenAll(destinations.Select(destination => ResolveAsync(destination, cancellationToken)));
        var isFixed = destinations.Values.All(destination => IsFixed(new Uri(destination.Address)));
        return new ResolvedDestinationCollection(resolved.SelectMany(replicas => replicas).ToDictionary(), isFixed ? null : After(LookUpEvery));
    }

    private async Task<IEnumerable<KeyValuePair<string, DestinationConfig>>> ResolveAsync(
        KeyValuePair<string, DestinationConfig> destination, CancellationToken cancellationToken)
    {
        var address = new Uri(destination.Value.Address);
        if (IsFixed(address)) return [destination];
        var machines = await FindAsync(address.Host, cancellationToken);
        return machines.Count == 0 ? [destination] : machines.Select(machine => Replica(destination.Value, address, machine));
    }

    private async Task<IReadOnlyList<IPAddress>> FindAsync(string name, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await lookup(name, patience.Token);
        }
        catch (Exception exception) when (exception is SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return []; // looked up again in a moment
        }
    }

    // The key holds the address, so that a replica keeps its state when others come and go; the name stays in the header Host.
    private static KeyValuePair<string, DestinationConfig> Replica(DestinationConfig named, Uri address, IPAddress machine)
    {
        var replica = new UriBuilder(address) { Host = machine.ToString() }.Uri;
        var health = named.Health is { } shown ? new UriBuilder(shown) { Host = machine.ToString() }.Uri.ToString() : null;
        return KeyValuePair.Create($"{address.Host} {replica}", named with { Address = replica.ToString(), Host = address.Authority, Health = health });
    }

    private static bool IsFixed(Uri address) => address.IsLoopback || address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6;

    private static CancellationChangeToken After(TimeSpan time) => new(new CancellationTokenSource(time).Token);
}

/// <summary>The addresses behind a name; throws <see cref="SocketException"/> for one that is not known.</summary>
internal delegate Task<IPAddress[]> NameLookup(string name, CancellationToken cancellationToken);
