using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Platform.Hosting.Defaults;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Defaults;

/// <summary>One address speaks HTTP/1.1 and, to who begins with its preface, HTTP/2.</summary>
public sealed class PriorKnowledgeTests : IAsyncLifetime
{
    private const byte SettingsFrame = 4;

    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(
        builder => builder.AddPlatformDefaults("test"),
        app => app.MapPlatformDefaults().MapGet("/protocol", (HttpContext context) => $"{context.Request.Protocol} {context.Request.Host.Host} {context.Request.Scheme}"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("1.1", "HTTP/1.1 127.0.0.1 http"), InlineData("2.0", "HTTP/2 127.0.0.1 http")]
    public async Task A_client_gets_the_version_that_it_speaks(string version, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/protocol")
            { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await _host.Http.SendAsync(request);

        Assert.Contains(expected, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_host_that_the_platform_does_not_answer_for_is_refused_in_either()
    {
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/protocol")
                { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Headers = { Host = "evil.example.org" } };
            using var answer = await _host.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_preface_may_come_in_pieces()
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(_host.Address.Host, _host.Address.Port);
        var stream = client.GetStream();
        foreach (var octet in "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray()) await stream.WriteAsync(new[] { octet });
        await stream.WriteAsync(new byte[] { 0, 0, 0, SettingsFrame, 0, 0, 0, 0, 0 });

        var head = new byte[9];
        await stream.ReadExactlyAsync(head).AsTask().WaitAsync(Eventually.Patience);
        Assert.Equal(SettingsFrame, head[3]);
    }

    /// <summary>Pools and balancers open connections ahead of time.</summary>
    [Fact]
    public async Task A_connection_on_which_nothing_was_said_does_not_hold_up_a_server_that_stops()
    {
        await using var host = await TestHost.StartAsync(
            builder => builder.AddPlatformDefaults("test").WebHost.ConfigureKestrel(server => server.Limits.RequestHeadersTimeout = Eventually.Patience),
            app => app.MapPlatformDefaults());
        using var silent = new TcpClient();
        await silent.ConnectAsync(host.Address.Host, host.Address.Port);
        (await host.Http.GetAsync("/health/live")).EnsureSuccessStatusCode(); // connections are taken in their order

        var stopping = host.App.StopAsync();
        Assert.Equal(0, await silent.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Eventually.Patience / 2));
        await stopping.WaitAsync(Eventually.Patience / 2);
    }

    [Fact]
    public async Task What_only_begins_like_the_preface_is_a_request_of_HTTP_1()
    {
        using var client = await BareClient.SendAsync(_host.Address, "PRIZE /protocol HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 405", await client.ReadAsync());
    }
}
