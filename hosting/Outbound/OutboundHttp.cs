using System.Net;
using System.Net.Sockets;

namespace Platform.Hosting.Outbound;

/// <summary>
/// A client for addresses that others have given. It follows no redirects, uses no proxy, and connects only to an address that the rules allow: the
/// very one that the name was resolved to.
/// </summary>
public static class OutboundHttp
{
    /// <summary>Makes a client; <paramref name="rules"/> are asked at every connection.</summary>
    public static HttpClient Create(Func<OutboundRules> rules, TimeSpan timeout, int maxConnections) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(rules(), context, cancellationToken),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        MaxConnectionsPerServer = maxConnections,
    })
    {
        Timeout = timeout,
    };

    /// <summary>Why a call did not get through, for a person.</summary>
    public static string Explain(HttpRequestException exception) =>
        exception.InnerException is RefusedException refused ? refused.Message : $"It could not be reached: {exception.Message}";

    private static async ValueTask<Stream> ConnectAsync(OutboundRules rules, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = addresses.Where(address => rules.Allows(target.Host, address)).ToArray();
        if (allowed.Length == 0) throw new RefusedException($"'{target.Host}' has no address that may be called.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class RefusedException(string message) : Exception(message);
}
