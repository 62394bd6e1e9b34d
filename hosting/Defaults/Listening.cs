using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using Platform.Hosting.Management;
using Platform.Hosting.Tls;

namespace Platform.Hosting.Defaults;

/// <summary>
/// What is spoken at the addresses of a process, all in this place. Of HTTP that is the server's default: 1.1, and 2 where TLS lets the
/// client choose it (ALPN).
/// </summary>
internal static class Listening
{
    /// <summary>Holds for every address, however it was given.</summary>
    public static void ConfigureListening(this KestrelServerOptions kestrel) =>
        kestrel.ConfigureEndpointDefaults(listen => Configure(listen, kestrel.ApplicationServices));

    private static void Configure(ListenOptions listen, IServiceProvider services)
    {
        var management = services.GetRequiredService<IOptions<ManagementOptions>>().Value;
        var isManagement = management.Port is { } port && listen.IPEndPoint?.Port == port;
        var tls = services.GetRequiredService<PlatformTls>();
        if (isManagement ? management.Tls : tls.IsOn)
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls.AsServer(askCallers: !isManagement)) });
        listen.AnswerHalfClosedConnections(); // within TLS, so that it sees what the client sent and not how that was packed
    }
}
