using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Hosting.Defaults;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.Gateway.Tests.Limits;

/// <summary>A gateway that knows callers by their keys, as it does in distributed mode.</summary>
public sealed class KeyRateLimitTests : IAsyncLifetime
{
    private TestHost _registry = null!;
    private TestHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _registry = await TestHost.StartAsync(_ => { }, app =>
        {
            app.MapTestKey();
            app.MapGet("/health/ready", () => "ready");
            app.MapGet("/v1/models", (HttpRequest request) => request.Headers.Authorization.ToString());
        });
        _gateway = await TestHost.StartAskingAsync(
            builder => builder.AddPlatformDefaults(GatewayService.Name).AddGateway(),
            app => app.MapPlatformDefaults().MapGateway(),
            [
                .. TestKey.Settings, Edge.Setting("Registry", _registry.Address),
                new("Gateway:RateLimit:RequestsPerSecond", "1"), new("Gateway:RateLimit:Burst", "60"),
            ]);
        await Eventually.TrueAsync(async () => !await IsWaitingForKeysAsync(), "the gateway has the keys");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task A_key_has_a_bucket_of_its_own_and_what_is_no_key_shares_that_of_its_address()
    {
        await Eventually.TrueAsync(async () => (await AskAsync(null)).Status == HttpStatusCode.TooManyRequests, "who has no key is refused");
        for (var number = 0; number < 20; number++)
            Assert.Equal((HttpStatusCode.OK, $"Bearer {TestKey.Value}"), await AskAsync(TestKey.Value));
        // Whoever makes keys up gets no bucket with each.
        var invented = 0;
        await Eventually.TrueAsync(async () => (await AskAsync($"plat_invented-{invented++}")).Status == HttpStatusCode.TooManyRequests, "an invented key is refused");
        Assert.InRange(invented, 1, 30);
    }

    private async Task<bool> IsWaitingForKeysAsync()
    {
        using var answer = await _gateway.Http.GetAsync("/health/ready");
        return (await answer.Content.ReadAsStringAsync()).Contains("\"keys\"", StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Passed)> AskAsync(string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await _gateway.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
