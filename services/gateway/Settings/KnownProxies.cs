using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Platform.Gateway.Settings;
using IPNetwork = System.Net.IPNetwork;

namespace Platform.Gateway.Settings;

/// <summary>
/// Who calls is told by the address that the connection comes from, and behind an ingress that is the ingress for everybody. Of the
/// proxies that the settings name, what they say in <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> is believed, and of nobody else.
/// </summary>
internal static class KnownProxies
{
    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    public static void AddKnownProxies(this IServiceCollection services) =>
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, FromSettings>();

    /// <summary>Networks such as <c>10.0.0.0/8</c> and single addresses, separated by commas; false when one is neither.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out IReadOnlyList<IPNetwork>? networks)
    {
        var read = (text ?? "").Split(',', Trimmed).Select(Network).ToList();
        networks = read.Contains(null) ? null : [.. read.OfType<IPNetwork>()];
        return networks is not null;
    }

    private static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;

    private sealed class FromSettings(GatewaySettings settings) : IConfigureOptions<ForwardedHeadersOptions>
    {
        public void Configure(ForwardedHeadersOptions options)
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            TryRead(settings.Current.KnownProxies, out var networks);
            foreach (var network in networks ?? []) options.KnownIPNetworks.Add(network);
            // Where no proxy is known, the middleware would believe everybody.
            options.ForwardedHeaders = networks is { Count: > 0 } ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            options.ForwardLimit = null; // as many as are known, one behind the other
        }
    }
}
