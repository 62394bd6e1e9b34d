using System.Net;

namespace Platform.Gateway.Tests.Overview;

public sealed class OverviewTests : IAsyncLifetime
{
    private Edge _edge = null!;

    public async Task InitializeAsync() => _edge = await Edge.StartAsync();

    public async Task DisposeAsync() => await _edge.DisposeAsync();

    [Fact]
    public async Task The_page_lists_every_replica()
    {
        var html = await ReadAsync();
        foreach (var service in new[] { "explainer", "inference", "monitor", "registry" })
            Assert.Contains($"<td>{service}</td><td>{_edge.AddressOf(service)}</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_away_is_named_on_a_page_that_answers_all_the_same()
    {
        await _edge.StopAsync("Registry");
        await _edge.StopAsync("Monitor");
        var html = await ReadAsync();
        Assert.Contains("Not available: models: no replica of registry can be reached", html, StringComparison.Ordinal);
        Assert.Contains("Not available: alerts: no replica of monitor can be reached", html, StringComparison.Ordinal);
    }

    private async Task<string> ReadAsync()
    {
        using var response = await _edge.Http.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync();
    }
}
