using System.Net;
using Platform.TestKit;

namespace Platform.Standalone.Tests.Access;

/// <summary>One caller's requests are bounded, and no other's suffer from them.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private AskingPlatform _platform = null!;

    public async Task InitializeAsync() => _platform = await AskingPlatform.StartAsync(
        new("Access:RateLimit:RequestsPerSecond", "5"), new("Access:RateLimit:Burst", "40"));

    public Task DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Beyond_its_burst_a_key_is_told_when_to_come_back_and_another_key_is_not()
    {
        var (greedy, _) = await _platform.HolderAsync("greedy", new { permission = "observe" });
        var refused = await Eventually.ValueAsync(async () => await greedy.GetAsync("/v1/models") is { IsSuccessStatusCode: false } answer ? answer : null, "a refusal");
        await Task.FromResult(refused).ProblemAsync(HttpStatusCode.TooManyRequests, "request.rate_limited");
        Assert.NotNull(refused.Headers.RetryAfter);

        Assert.Equal(HttpStatusCode.OK, (await _platform.Operator.GetAsync("/v1/models")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await greedy.GetAsync("/health/live")).StatusCode);
        Assert.Matches("platform_access_refused_total\\{reason=\"limited\"\\} [1-9]", await _platform.Stranger.GetStringAsync("/metrics"));
        await Eventually.TrueAsync(async () => (await greedy.GetAsync("/v1/models")).IsSuccessStatusCode, "the key is served again");
    }

    [Fact]
    public async Task Who_tries_keys_is_told_to_wait()
    {
        var tried = 0;
        await Eventually.TrueAsync(
            async () => (await _platform.With($"plat_invented-{tried++ % 100}").GetAsync("/v1/models")).StatusCode == HttpStatusCode.TooManyRequests, "who tries keys is refused");
        Assert.Equal(HttpStatusCode.OK, (await _platform.Operator.GetAsync("/v1/models")).StatusCode);
    }
}
