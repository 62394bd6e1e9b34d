using System.Net.Sockets;
using Npgsql;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>Which failures say "the server is away or busy", so that the same may succeed a moment later.</summary>
internal static class PostgresFaults
{
    public static bool IsTransient(Exception exception) => exception switch
    {
        // 57P01 to 57P03: shutting down, crashed, starting up. Npgsql knows the other transient states.
        PostgresException answer => answer.IsTransient || answer.SqlState is PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        NpgsqlException => true, // no answer at all: the connection broke, timed out or was refused
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };
}
