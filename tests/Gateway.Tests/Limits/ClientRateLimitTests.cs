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

    private Task<HttpResponseMessage> AskAsync() => _gateway.Http.GetAsync("/v1/models");
}
