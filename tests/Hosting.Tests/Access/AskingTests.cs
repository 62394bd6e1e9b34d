using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.Hosting.Tests.Access;

/// <summary>A process that asks callers for keys, and one that asks nobody.</summary>
public sealed class AskingTests
{
    [Fact]
    public async Task A_route_that_says_nothing_of_who_may_call_it_is_denied_to_everybody()
    {
        await using var registry = await TestHost.StartAsync(_ => { }, app => app.MapTestKey());
        await using var host = await StartAsync(registry.Address);
        await Eventually.TrueAsync(async () => (await AskAsync(host, "/observed", TestKey.Value)).StatusCode == HttpStatusCode.OK, "the key is known");

        await AskAsync(host, "/forgotten", TestKey.Value).ProblemAsync(HttpStatusCode.Forbidden, "access.denied");
        await AskAsync(host, "/forgotten").ProblemAsync(HttpStatusCode.Unauthorized, "access.unauthenticated");
        await AskAsync(host, "/nowhere").ProblemAsync(HttpStatusCode.NotFound, "route.not_found");
        Assert.Equal("test", await (await AskAsync(host, "/observed", TestKey.Value)).Content.ReadAsStringAsync());
        Assert.Contains("platform_access_refused_total{reason=\"denied\"} 1", await host.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_keys_were_read_a_key_is_neither_good_nor_bad()
    {
        await using var host = await StartAsync(new Uri($"http://127.0.0.1:{Ports.Free()}"));
        await AskAsync(host, "/observed", TestKey.Value).ProblemAsync(HttpStatusCode.ServiceUnavailable, "access.keys_unavailable");
        await AskAsync(host, "/observed").ProblemAsync(HttpStatusCode.Unauthorized, "access.unauthenticated");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Http.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task On_a_route_for_anybody_who_calls_is_found_out_where_somebody_wants_to_know()
    {
        var asks = true;
        await using var registry = await TestHost.StartAsync(_ => { }, app => app.MapTestKey());
        await using var host = await StartAsync(registry.Address,
            app => app.MapGet("/anybody", (HttpContext context) => context.GetCaller().Id ?? "nobody").AllowAnybody(asksWho: () => asks));
        await Eventually.TrueAsync(async () => (await AskAsync(host, "/observed", TestKey.Value)).StatusCode == HttpStatusCode.OK, "the key is known");

        Assert.NotEqual("nobody", await (await AskAsync(host, "/anybody", TestKey.Value)).Content.ReadAsStringAsync());
        asks = false;
        Assert.Equal("nobody", await (await AskAsync(host, "/anybody", TestKey.Value)).Content.ReadAsStringAsync());
        Assert.Equal("nobody", await (await AskAsync(host, "/anybody", "plat_unknown")).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    [InlineData("a-secret-that-is-long-enough-for-all and-short")]
    public async Task Without_a_secret_for_services_it_does_not_start(string secret) => await Assert.ThrowsAsync<OptionsValidationException>(
        () => TestHost.StartAskingAsync(builder => builder.AddPlatformDefaults("test"), app => app.MapPlatformDefaults(), new KeyValuePair<string, string?>("Access:ServiceSecret", secret)));

    [Fact]
    public async Task A_process_that_asks_nobody_listens_on_loopback_alone()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(builder =>
        {
            builder.WebHost.UseUrls("http://0.0.0.0:0");
            builder.AddPlatformDefaults("test");
        }, app => app.MapPlatformDefaults()));
        Assert.Contains("loopback", exception.Message, StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(Uri registry, Action<WebApplication>? map = null) => TestHost.StartAskingAsync(
        builder => builder.AddPlatformDefaults("test"),
        app =>
        {
            app.MapPlatformDefaults();
            app.MapGet("/forgotten", () => "everything");
            app.MapGet("/observed", (HttpContext context) => context.GetActor()).RequirePermission(Permission.Observe);
            map?.Invoke(app);
        },
        [.. TestKey.Settings, new("Registry:Address", registry.ToString())]);

    private static Task<HttpResponseMessage> AskAsync(TestHost host, string path, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        return host.Http.SendAsync(request);
    }
}
