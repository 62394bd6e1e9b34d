using System.Net;
using System.Net.Sockets;

namespace Platform.Hosting.Outbound;

/// <summary>Where an address leads.</summary>
public enum AddressKind
{
    /// <summary>A host of the public network.</summary>
    Public,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>A network that the public has no part in (RFC 1918, RFC 6598, RFC 4193), or this link alone (RFC 3927).</summary>
    Private,

    /// <summary>No host: unspecified, multicast, reserved.</summary>
    Unusable,
}

/// <summary>Tells the kinds of addresses apart, by the registries of special-purpose addresses (RFC 6890).</summary>
public static class AddressKinds
{
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fec0::/10"),
    ];

    private static readonly IPNetwork[] Unusable =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/128"), IPNetwork.Parse("ff00::/8"),
        // Ways to write an IPv4 address, which a gateway would follow to it.
        IPNetwork.Parse("::/96"), IPNetwork.Parse("64:ff9b::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("2001::/32"),
    ];

    /// <summary>The kind of an address.</summary>
    public static AddressKind Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return AddressKind.Loopback;
        if (Private.Any(network => Contains(network, address))) return AddressKind.Private;
        return Unusable.Any(network => Contains(network, address)) ? AddressKind.Unusable : AddressKind.Public;
    }

    private static bool Contains(IPNetwork network, IPAddress address) =>
        address.AddressFamily == network.BaseAddress.AddressFamily
        && (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId == 0 || network.PrefixLength <= 64)
        && network.Contains(address);
}
