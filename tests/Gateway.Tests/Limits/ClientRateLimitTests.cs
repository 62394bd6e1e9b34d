using System.Net;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Limits;

public sealed class ClientRateLimitTests : IAsyncLifetime
{
    private Replica _replica = null!;
    private TestHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _replica = await Replica.StartAsync();
        _gateway = await Edge.StartGatewayAsync(Edge.Setting("Registry", _replica.Address));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _replica.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_limit_nobody_is_refused()
    {
        for (var i = 0; i < 50; i++) await _gateway.Http.GetAsync("/v1/models").JsonAsync();
    }

    [Fact]
    public async Task Beyond_its_burst_a_client_is_told_when_to_come_back_and_health_stays_free()
    {
        Edge.Change(_gateway, new("Gateway:RateLimit:RequestsPerSecond", "1"), new("Gateway:RateLimit:Burst", "3"));
        for (var i = 0; i < 3; i++) await _gateway.Http.GetAsync("/v1/models").JsonAsync();

        // A slow machine lets a second pass now and then, which earns one more.
        using var refused = await Eventually.ValueAsync(async () => await AskAsync() is { IsSuccessStatusCode: false } answer ? answer : null, "a refusal");
        await Task.FromResult(refused).ProblemAsync(HttpStatusCode.TooManyRequests, "request.rate_limited");
        Assert.NotNull(refused.Headers.RetryAfter);
        await _gateway.Http.GetAsync("/health/live").JsonAsync();
        await Eventually.TrueAsync(async () => (await AskAsync()).IsSuccessStatusCode, "the client is served again");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/console/main.js")]
    public async Task The_files_of_the_console_are_not_counted(string path)
    {
        await using var gateway = await StartLimitedAsync("");
        for (var i = 0; i < 20; i++)
        {
            using var answer = await gateway.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Behind_known_proxies_each_client_has_a_bucket_of_its_own()
    {
        await using var gateway = await StartLimitedAsync("10.0.0.0/8, 127.0.0.1");
        await Eventually.TrueAsync(async () => await AskForAsync(gateway, "192.0.2.1, 10.1.2.3") == HttpStatusCode.TooManyRequests, "one client is refused");

        for (var client = 2; client < 50; client++)
            Assert.Equal(HttpStatusCode.OK, await AskForAsync(gateway, $"192.0.2.{client}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/8")]
    public async Task Nobody_else_can_speak_for_other_clients(string proxies)
    {
        await using var gateway = await StartLimitedAsync(proxies);
        var client = 0;

        await Eventually.TrueAsync(
            async () => await AskForAsync(gateway, $"192.0.{client++ % 256}.1") == HttpStatusCode.TooManyRequests, "who claims to be ever another is refused");
    }

    private Task<HttpResponseMessage> AskAsync() => _gateway.Http.GetAsync("/v1/models");

    private Task<TestHost> StartLimitedAsync(string proxies) => Edge.StartGatewayAsync(
        Edge.Setting("Registry", _replica.Address), new("Gateway:KnownProxies", proxies),
        new("Gateway:RateLimit:RequestsPerSecond", "1"), new("Gateway:RateLimit:Burst", "1"));

    private static async Task<HttpStatusCode> AskForAsync(TestHost gateway, string client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "X-Forwarded-For", client } } };
        using var response = await gateway.Http.SendAsync(request);
        return response.StatusCode;
    }
}
