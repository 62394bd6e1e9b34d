using System.Net;
using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Hosting.Messaging;
using Platform.Inference.Jobs;

namespace Platform.Inference.Callbacks;

/// <summary>
/// Which addresses may be called, so that nobody reaches through a callback what he cannot reach himself. URLs are looked at when
/// a job is submitted, and the address that a name leads to when it is called.
/// </summary>
internal sealed class CallbackPolicy(IOptions<JobOptions> options, IOptions<MessagingOptions> messaging)
{
    private const int MaxLength = 2000;

    private CallbackOptions Options => options.Value.Callbacks;

    private bool AllowsLoopback => Options.AllowLoopback ?? messaging.Value.Transport == "inmemory";

    /// <summary>Why a URL is refused as it stands, or null.</summary>
    public Error? Refuse(string url)
    {
        if (url.Length > MaxLength || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return CallbackErrors.Refused("it must be an absolute http or https URL.");
        if (uri.UserInfo.Length > 0) return CallbackErrors.Refused("it must not hold a user or a password.");
        if (Options.AllowedHosts.Count > 0)
            return IsListed(uri.Host) ? null : CallbackErrors.Refused($"the host '{uri.Host}' is not among those that may be called.");
        if (!IPAddress.TryParse(uri.DnsSafeHost, out var address)) return null;
        return Allows(uri.Host, address) ? null : CallbackErrors.Refused($"{address} is not a public address.");
    }

    /// <summary>Whether a host may be called at an address of its own.</summary>
    public bool Allows(string host, IPAddress address)
    {
        if (Options.AllowedHosts.Count > 0) return IsListed(host);
        return AddressKinds.Of(address) switch
        {
            AddressKind.Loopback => AllowsLoopback,
            AddressKind.Private => Options.AllowPrivateAddresses,
            AddressKind.Public => true,
            _ => false,
        };
    }

    private bool IsListed(string host) => Options.AllowedHosts.Any(allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(allowed, StringComparison.OrdinalIgnoreCase));
}
