using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Hosting.Defaults;
using Platform.Hosting.Tests.Tls;
using Platform.TestKit;
using Platform.TestKit.Tls;

namespace Platform.Hosting.Tests.Management;

public sealed class ManagementPortTests : IDisposable
{
    private static readonly string[] Managed = ["/health/live", "/health/ready", "/metrics"];

    private readonly int _port = Ports.Free();
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Health_and_metrics_answer_there_alone_and_nothing_else_does()
    {
        await using var host = await TestHost.StartAsync(
            builder => builder.AddPlatformDefaults("test"),
            app =>
            {
                app.MapPlatformDefaults();
                app.MapGet("/things", () => TypedResults.Ok()).WithSummary("Lists things.");
            },
            new KeyValuePair<string, string?>("Management:Port", $"{_port}"));
        Assert.NotEqual(_port, host.Address.Port);

        foreach (var path in Managed)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync(At(path))).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, At(path)))).StatusCode);
            await host.Http.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound, "route.not_found");
            await host.Http.PostAsync(path, null).ProblemAsync(HttpStatusCode.NotFound, "route.not_found");
        }

        foreach (var path in new[] { "/things", "/openapi/v1.json", "/", "/healthy" })
            await host.Http.GetAsync(At(path)).ProblemAsync(HttpStatusCode.NotFound, "route.not_found");
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/things")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/openapi/v1.json")).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_speaks_HTTP_or_HTTPS_by_a_setting_of_its_own(bool tls)
    {
        await using var host = await SecureHost.StartAsync(
            _authority, _authority.Issue(["127.0.0.1"]), new("Management:Port", $"{_port}"), new("Management:Tls", $"{tls}"),
            new("Tls:ClientAuthority", _authority.RootFile));

        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync(At("/health/live", tls ? "https" : "http"))).StatusCode); // without a certificate of one's own
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Http.GetAsync("/health/live"));
    }

    private Uri At(string path, string scheme = "http") => new($"{scheme}://127.0.0.1:{_port}{path}");
}
