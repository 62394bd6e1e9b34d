using System.Net;
using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Hosting.Messaging;
using Platform.Hosting.Outbound;

namespace Platform.Inference.Callbacks;

/// <summary>Which addresses may be called back: what the settings say, as <see cref="OutboundRules"/>.</summary>
internal sealed class CallbackPolicy(IOptions<CallbackOptions> options, IOptions<MessagingOptions> messaging)
{
    private CallbackOptions Options => options.Value;

    public OutboundRules Rules => new(
        [.. Options.AllowedHosts], Options.AllowPrivateAddresses, Options.AllowLoopback ?? messaging.Value.Transport == "inmemory");

    /// <summary>Why a URL is refused as it stands, or null.</summary>
    public Error? Refuse(string url) => Rules.Refuse(url) is { } reason ? CallbackErrors.Refused(reason) : null;

    /// <summary>Whether a host may be called at an address of its own.</summary>
    public bool Allows(string host, IPAddress address) => Rules.Allows(host, address);
}
