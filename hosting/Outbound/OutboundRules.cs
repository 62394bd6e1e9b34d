using System.Net;

namespace Platform.Hosting.Outbound;

/// <summary>
/// Which addresses the platform may call on somebody's behalf, so that nobody reaches through it what he cannot reach himself. A URL is looked at
/// when it is given, and the address that its name leads to when it is called.
/// </summary>
/// <param name="AllowedHosts">
/// Hosts that may be called, by name or, as <c>*.example.com</c>, with everything below; they may have private addresses. When empty, any host with
/// a public address may be called.
/// </param>
/// <param name="AllowPrivateAddresses">Whether hosts may be called that have a private or link-local address.</param>
/// <param name="AllowLoopback">Whether this machine itself may be called.</param>
public sealed record OutboundRules(IReadOnlyCollection<string> AllowedHosts, bool AllowPrivateAddresses, bool AllowLoopback)
{
    private const int MaxLength = 2000;

    /// <summary>Why a URL may not be called as it stands, or null.</summary>
    public string? Refuse(string url)
    {
        if (url.Length > MaxLength || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return "it must be an absolute http or https URL.";
        if (uri.UserInfo.Length > 0) return "it must not hold a user or a password.";
        if (AllowedHosts.Count > 0)
            return IsListed(uri.Host) ? null : $"the host '{uri.Host}' is not among those that may be called.";
        if (!IPAddress.TryParse(uri.DnsSafeHost, out var address)) return null;
        return Allows(uri.Host, address) ? null : $"{address} is not a public address.";
    }

    /// <summary>Whether a host may be called at an address of its own.</summary>
    public bool Allows(string host, IPAddress address)
    {
        if (AllowedHosts.Count > 0) return IsListed(host);
        return AddressKinds.Of(address) switch
        {
            AddressKind.Loopback => AllowLoopback,
            AddressKind.Private => AllowPrivateAddresses,
            AddressKind.Public => true,
            _ => false,
        };
    }

    private bool IsListed(string host) => AllowedHosts.Any(allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(allowed, StringComparison.OrdinalIgnoreCase));
}
