using System.Net;

namespace Platform.Hosting.Access;

/// <summary>
/// The names under which a process may be asked. A page can give a name of its own the address of this machine (DNS rebinding) and is
/// then of the same origin in its browser; but it cannot make the browser send another <c>Host</c> than that name (RFC 9110 §7.2).
/// </summary>
internal sealed class HostNames(IEnumerable<string> configured)
{
    private const string Everything = "*.";
    private const string Localhost = "localhost";

    private readonly HashSet<string> _names =
        new(configured.Where(name => !name.StartsWith(Everything, StringComparison.Ordinal)).Select(name => name.Trim('[', ']')), StringComparer.OrdinalIgnoreCase);

    private readonly string[] _suffixes =
        [.. configured.Where(name => name.StartsWith(Everything, StringComparison.Ordinal)).Select(name => name[1..])];

    // Nearly all requests come by the name of the one before.
    private volatile Included? _last;

    /// <param name="host">The header's name, without port; empty where HTTP/1.0 sent none, which no browser does.</param>
    /// <param name="reached">The address that the connection reached.</param>
    public bool Include(string host, IPAddress? reached)
    {
        if (_last is { } last && last.Host == host && Equals(last.Reached, reached)) return true;
        if (!IsIncluded(host, reached)) return false;
        _last = new Included(host, reached);
        return true;
    }

    private bool IsIncluded(string host, IPAddress? reached)
    {
        if (host.Length == 0 || host.Equals(Localhost, StringComparison.OrdinalIgnoreCase)) return true;
        if (IPAddress.TryParse(host, out var address) && IsOwn(address, reached)) return true;
        return _names.Contains(host.Trim('[', ']')) || _suffixes.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    }

    // Whoever asks by an address, as probes and scrapers do, was led here by no name.
    private static bool IsOwn(IPAddress address, IPAddress? reached) => IPAddress.IsLoopback(address) || Plain(address).Equals(Plain(reached));

    private static IPAddress Plain(IPAddress? address) => address switch
    {
        null => IPAddress.None,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        _ => address,
    };

    private sealed record Included(string Host, IPAddress? Reached);
}
