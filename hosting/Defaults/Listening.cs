using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using Platform.Hosting.Management;
using Platform.Hosting.Tls;

namespace Platform.Hosting.Defaults;

/// <summary>
/// What is spoken at the addresses of a process, all in this place: HTTP/1.1, and HTTP/2 where TLS lets the client choose it (ALPN) or
/// where, without TLS, the client begins with it (prior knowledge).
/// </summary>
internal static class Listening
{
    /// <summary>Holds for every address, however it was given.</summary>
    public static void ConfigureListening(this KestrelServerOptions kestrel) =>
        kestrel.ConfigureEndpointDefaults(listen => Configure(listen, kestrel.Limits.RequestHeadersTimeout)); // a second call would replace it

    private static void Configure(ListenOptions listen, TimeSpan headersTimeout)
    {
        var services = listen.ApplicationServices;
        var management = services.GetRequiredService<IOptions<ManagementOptions>>().Value;
        var isManagement = management.Port is { } port && listen.IPEndPoint?.Port == port;
        var tls = services.GetRequiredService<PlatformTls>();
        if (isManagement ? management.Tls : tls.IsOn)
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls.AsServer(askCallers: !isManagement)) });
        else
            listen.TakeHttp2WithoutTls(headersTimeout);
        listen.AnswerHalfClosedConnections(); // within TLS, so that it sees what the client sent and not how that was packed
    }
}
