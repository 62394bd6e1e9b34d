using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Platform.TestKit;
using Platform.TestKit.Tls;

namespace Platform.Hosting.Tests.Tls;

public sealed class ServingTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_client_chooses_between_both_versions_of_HTTP(string version)
    {
        await using var host = await SecureHost.StartAsync(_authority, _authority.Issue(["127.0.0.1"]));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/protocol") { Version = new(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var answer = await host.Http.SendAsync(request);

        Assert.Equal($"https HTTP/{(version == "2.0" ? "2" : version)}", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task No_address_speaks_HTTP_once_there_is_a_certificate()
    {
        await using var host = await SecureHost.StartAsync(_authority, _authority.Issue(["127.0.0.1"]));
        Assert.Equal("https", host.Address.Scheme); // though it was told http
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new UriBuilder(host.Address) { Scheme = "http" }.Uri));
    }

    [Fact]
    public async Task Only_as_old_a_version_is_spoken_as_the_settings_say()
    {
        var certificate = _authority.Issue(["127.0.0.1"]);
        await using (var usual = await SecureHost.StartAsync(_authority, certificate))
        {
            Assert.Equal(SslProtocols.Tls12, (await usual.HandshakeAsync(SslProtocols.Tls12)).Version);
            Assert.Equal(SslProtocols.Tls13, (await usual.HandshakeAsync()).Version);
        }

        await using var strict = await SecureHost.StartAsync(_authority, certificate, new KeyValuePair<string, string?>("Tls:MinimumVersion", "1.3"));
        Assert.Equal(SslProtocols.Tls13, (await strict.HandshakeAsync()).Version);
        await Assert.ThrowsAnyAsync<Exception>(() => strict.HandshakeAsync(SslProtocols.Tls12));
    }

    [Fact]
    public async Task A_client_that_has_closed_its_sending_side_is_answered()
    {
        await using var host = await SecureHost.StartAsync(_authority, _authority.Issue(["127.0.0.1"]));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1", CertificateChainPolicy = TestAuthority.Trust(_authority.RootFile),
        });

        await tls.WriteAsync("GET /protocol HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        await tls.ShutdownAsync();

        Assert.EndsWith("https HTTP/1.1", await new StreamReader(tls).ReadToEndAsync().PatientlyAsync());
    }
}
