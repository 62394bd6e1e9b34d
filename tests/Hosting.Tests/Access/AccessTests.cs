using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Platform.Hosting.Defaults;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Access;

public class AccessTests : IAsyncLifetime
{
    private TestHost _host = null!;

    /// <summary>How the host is reached, beside what it allows.</summary>
    protected virtual KeyValuePair<string, string?>[] Reached => [];

    public async Task InitializeAsync() => _host = await StartAsync(
        new("Access:Hosts:0", "ml.example.org"), new("Access:Hosts:1", "*.inference"), new("Access:Origins:0", "https://console.example.org"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.1.2.3")]
    [InlineData("0.0.0.0")]
    [InlineData("inference")]
    [InlineData("example.org")]
    public async Task A_foreign_host_is_refused_whatever_it_asks_for(string host)
    {
        foreach (var (method, path) in new[] { ("GET", "/things"), ("POST", "/things"), ("GET", "/metrics"), ("GET", "/nowhere") })
            await SendAsync(method, path, ("Host", host)).ProblemAsync(HttpStatusCode.MisdirectedRequest, "access.host");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:8080")]
    [InlineData("127.0.0.1:80")]
    [InlineData("127.1.2.3")]
    [InlineData("[::1]:8080")]
    [InlineData("ml.example.org")]
    [InlineData("ML.example.org:443")]
    [InlineData("replica-0.inference:8080")]
    public async Task Loopback_and_configured_names_are_answered(string host) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("POST", "/things", ("Host", host))).StatusCode);

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "something-new")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://localhost:3")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "https://console.example.org.evil.example")]
    public async Task A_page_of_another_site_changes_nothing(string header, string value)
    {
        foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE" })
            await SendAsync(method, "/things", ("Host", "localhost"), (header, value)).ProblemAsync(HttpStatusCode.Forbidden, "access.cross_site");
        await SendAsync("POST", "/nowhere", ("Host", "localhost"), (header, value)).ProblemAsync(HttpStatusCode.Forbidden, "access.cross_site");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/things", (header, value))).StatusCode);
    }

    [Theory]
    [InlineData("localhost", "Sec-Fetch-Site", "same-origin")]
    [InlineData("localhost", "Sec-Fetch-Site", "none")]
    [InlineData("localhost:8080", "Origin", "https://localhost:8080")]
    [InlineData("ml.example.org:443", "Origin", "https://ml.example.org")]
    [InlineData("ml.example.org", "Origin", "https://ml.example.org")]
    [InlineData("localhost", "Origin", "https://console.example.org")]
    public async Task Its_own_pages_and_those_of_allowed_origins_are_answered(string host, string header, string value) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("POST", "/things", ("Host", host), (header, value))).StatusCode);

    [Fact]
    public async Task Browsers_are_told_that_an_allowed_origin_may_call_and_read()
    {
        using var preflight = await SendAsync("OPTIONS", "/things",
            ("Origin", "https://console.example.org"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type"));
        Assert.Equal("https://console.example.org", preflight.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("POST", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single());

        using var answer = await SendAsync("POST", "/things", ("Origin", "https://console.example.org"), ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("x-prediction-id", answer.Headers.GetValues("Access-Control-Expose-Headers").Single());

        using var foreign = await SendAsync("GET", "/things", ("Origin", "http://evil.example"));
        Assert.False(foreign.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("Access:Hosts:0", "http://ml.example.org")]
    [InlineData("Access:Hosts:0", "*")]
    [InlineData("Access:Origins:0", "*")]
    [InlineData("Access:Origins:0", "https://console.example.org/")]
    public async Task A_setting_that_is_no_name_or_origin_stops_the_start(string key, string value)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new KeyValuePair<string, string?>(key, value)));
        Assert.Contains(value, refusal.Message);
    }

    private Task<TestHost> StartAsync(params KeyValuePair<string, string?>[] settings) => TestHost.StartAsync(
        builder => builder.AddPlatformDefaults("test"),
        app =>
        {
            app.MapPlatformDefaults();
            app.MapMethods("/things", ["GET", "POST", "PUT", "PATCH", "DELETE"], () => TypedResults.Ok()).WithSummary("Does things.");
        },
        [.. Reached, .. settings]);

    protected async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value), name);
        return await _host.Http.SendAsync(request);
    }
}
