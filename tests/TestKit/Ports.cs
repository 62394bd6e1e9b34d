using System.Net;
using System.Net.Sockets;

namespace Platform.TestKit;

/// <summary>Free TCP ports on loopback.</summary>
public static class Ports
{
    // Below those that Linux gives to whoever connects (net.ipv4.ip_local_port_range), so that a port stays free until it is listened on.
    private const int First = 12_000;
    private const int Count = 20_000;

    // Each process begins somewhere else: those that run at the same time do not meet.
    private static int _next = Environment.ProcessId * 97;

    /// <summary>A port that nobody listens on at this moment, another one each time.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref _next) & int.MaxValue) % Count);
            if (IsFree(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
