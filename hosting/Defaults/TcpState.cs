using System.Net.Sockets;

namespace Platform.Hosting.Defaults;

/// <summary>What Linux knows of a TCP connection.</summary>
internal static class TcpState
{
    private const int Tcp = 6; // IPPROTO_TCP
    private const int Information = 11; // TCP_INFO, whose first byte is the state
    private const byte CloseWait = 8; // TCP_CLOSE_WAIT: the other side has ended its sending and none of ours was refused

    /// <summary>Whether the other side has closed its sending side and not refused what was sent to it.</summary>
    public static bool AwaitsAnswer(Socket socket)
    {
        Span<byte> information = stackalloc byte[1];
        try
        {
            return socket.GetRawSocketOption(Tcp, Information, information) > 0 && information[0] == CloseWait;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
