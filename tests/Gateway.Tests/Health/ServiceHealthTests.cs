using System.Net;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Health;

public sealed class ServiceHealthTests : IAsyncLifetime
{
    private Edge _edge = null!;

    public async Task InitializeAsync()
    {
        _edge = await Edge.StartAsync(Edge.Watchful);
        await Eventually.TrueAsync(async () => await ReadyAsync() == HttpStatusCode.OK, "the gateway is ready");
    }

    public async Task DisposeAsync() => await _edge.DisposeAsync();

    [Fact]
    public async Task A_service_that_stops_answering_makes_the_gateway_unready_and_is_named()
    {
        await _edge.StopAsync("Monitor");
        await Eventually.TrueAsync(async () => await WaitingForAsync() == "not ready: monitor", "the gateway names the one that is away");
    }

    [Fact]
    public async Task Behind_a_service_that_is_away_the_others_still_answer()
    {
        await _edge.StopAsync("Monitor");
        await _edge.Http.GetAsync("/v1/alerts").ProblemAsync(HttpStatusCode.BadGateway, "service.unreachable");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/v1/models"));
    }

    [Fact]
    public async Task Under_v2_an_absent_service_is_told_in_that_surfaces_form()
    {
        await _edge.StopAsync("Inference");
        var answer = await _edge.Http.GetAsync("/v2").JsonAsync(HttpStatusCode.BadGateway);
        Assert.NotEmpty(answer["error"]!.GetValue<string>());
    }

    private async Task<string?> WaitingForAsync()
    {
        using var response = await _edge.Http.GetAsync("/health/ready");
        return response.StatusCode == HttpStatusCode.ServiceUnavailable
            ? (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["waitingFor"]!["gateway"]
            : null;
    }

    private Task<HttpStatusCode> ReadyAsync() => StatusAsync("/health/ready");

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await _edge.Http.GetAsync(path);
        return response.StatusCode;
    }
}
