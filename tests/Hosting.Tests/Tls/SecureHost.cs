using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Hosting.Defaults;
using Platform.TestKit;
using Platform.TestKit.Tls;

namespace Platform.Hosting.Tests.Tls;

/// <summary>A process that answers by https, and what is told of it on the wire.</summary>
internal static class SecureHost
{
    /// <summary>Files are looked at often, so that tests do not wait for it.</summary>
    private static readonly KeyValuePair<string, string?> Watchful = new("Tls:LookInterval", "00:00:00.020");

    public static Task<TestHost> StartAsync(
        TestAuthority authority, IssuedCertificate certificate, params IEnumerable<KeyValuePair<string, string?>> settings) => TestHost.StartAsync(
        builder => builder.AddPlatformDefaults("test"),
        app =>
        {
            app.MapPlatformDefaults();
            app.MapGet("/protocol", (HttpRequest request) => TypedResults.Text($"{request.Scheme} {request.Protocol}")).WithSummary("Tells how it was asked.");
        },
        [.. settings.Concat(certificate.Settings).Append(Watchful).Append(new("Tls:Authority", authority.RootFile)).DistinctBy(setting => setting.Key)]);

    /// <summary>Connects and tells what certificate was shown, by which version; throws when none came about.</summary>
    public static async Task<(string Thumbprint, SslProtocols Version)> HandshakeAsync(this TestHost host, SslProtocols versions = SslProtocols.None)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = host.Address.Host, EnabledSslProtocols = versions, CertificateChainPolicy = TestAuthority.Trust(host.App.Configuration["Tls:Authority"]!),
        });
        return (((X509Certificate2)tls.RemoteCertificate!).Thumbprint, tls.SslProtocol);
    }

    public static Task ShowsAsync(this TestHost host, IssuedCertificate certificate) => Eventually.TrueAsync(
        async () => (await host.HandshakeAsync()).Thumbprint == certificate.Certificate.Thumbprint, "the new certificate is shown");
}
