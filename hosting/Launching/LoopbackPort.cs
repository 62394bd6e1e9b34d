using System.Net;
using System.Net.Sockets;

namespace Platform.Hosting.Launching;

/// <summary>Looks at the port before anything else starts, so that a second instance touches no data.</summary>
public static class LoopbackPort
{
    /// <summary>Why nobody can listen on the port, in a sentence; null when it is free.</summary>
    public static string? WhatHinders(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return null;
        }
        catch (SocketException exception)
        {
            return Describe(port, exception.SocketErrorCode);
        }
    }

    /// <summary>The port itself, or a free one in the place of 0.</summary>
    public static int Resolve(int port)
    {
        if (port != 0) return port;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>One line for a port that cannot be had.</summary>
    public static string Describe(int port, SocketError error) => error == SocketError.AddressAlreadyInUse
        ? $"port {port} on 127.0.0.1 is in use; stop what listens there or choose another with --port"
        : $"cannot listen on 127.0.0.1:{port}: {error}";
}
