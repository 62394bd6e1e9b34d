using Platform.Hosting.Tls;

namespace Platform.Gateway.Replicas;

/// <summary>Clients of the gateway's own, which ask services for parts of what it answers itself.</summary>
internal static class ReplicaClients
{
    // Whoever asks the gateway waits for three seconds in all: time for a second replica must be left.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Lets a client ask for <c>http://registry/…</c>, and so on, at whichever replica answers.</summary>
    public static void AskReplicas(this IHttpClientBuilder client) => client
        .CallPlatform(handler => handler.ConnectTimeout = ConnectTimeout)
        .AddHttpMessageHandler<ReplicaHandler>();
}
