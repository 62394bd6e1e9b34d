using System.Net;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Gateway.Tests.WebConsole;

public sealed class ConsoleStatusTests : IAsyncLifetime
{
    private Edge _edge = null!;

    public async Task InitializeAsync() => _edge = await Edge.StartAsync();

    public async Task DisposeAsync() => await _edge.DisposeAsync();

    [Fact]
    public async Task The_status_lists_every_replica()
    {
        var replicas = (await ReadAsync())["replicas"]!.AsArray();
        Assert.Equal(["explainer", "inference", "monitor", "registry"], replicas.Select(replica => (string?)replica!["service"]).Distinct());
        Assert.All(replicas, replica => Assert.Equal($"{_edge.AddressOf((string)replica!["service"]!)}", (string?)replica["address"]));
    }

    [Fact]
    public async Task The_page_and_its_status_answer_although_services_are_away()
    {
        await _edge.StopAsync("Registry");
        await _edge.StopAsync("Monitor");
        using var page = await _edge.Http.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal(4, (await ReadAsync())["replicas"]!.AsArray().Count);
    }

    private Task<JsonNode> ReadAsync() => _edge.Http.GetAsync("/console/status").JsonAsync();
}
