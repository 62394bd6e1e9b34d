using System.Net;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Health;

/// <summary>Health and metrics at a port of their own, of the gateway and of the services behind it.</summary>
public sealed class ManagementPortTests : IAsyncLifetime
{
    private readonly int _gatewayPort = Ports.Free();
    private TestHost _service = null!;
    private TestHost _gateway = null!;

    public async Task InitializeAsync()
    {
        var servicePort = Ports.Free();
        _service = await Edge.StartServiceAsync("every", new KeyValuePair<string, string?>("Management:Port", $"{servicePort}"));
        _gateway = await Edge.StartGatewayAsync(
        [
            .. new[] { "Registry", "Inference", "Monitor", "Explainer" }.Select(name => Edge.Setting(name, _service.Address)),
            new("Gateway:HealthPort", $"{servicePort}"), new("Management:Port", $"{_gatewayPort}"), Edge.Watchful,
        ]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task The_gateway_asks_for_health_there_and_tells_its_own_at_its_own()
    {
        await _service.Http.GetAsync("/health/ready").ProblemAsync(HttpStatusCode.NotFound, "route.not_found");
        await Eventually.TrueAsync(async () => await StatusAsync(At("/health/ready")) == HttpStatusCode.OK, "the gateway has found its services ready");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(At("/health/live")));
        Assert.Contains("http_server_request_duration_seconds", await _gateway.Http.GetStringAsync(At("/metrics")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(At("/v1/models")));
        foreach (var path in new[] { "/health/live", "/health/ready", "/metrics" })
            await _gateway.Http.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound, "route.not_found");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(new Uri("/v1/models", UriKind.Relative)));
    }

    private Uri At(string path) => new($"http://127.0.0.1:{_gatewayPort}{path}");

    private async Task<HttpStatusCode> StatusAsync(Uri address)
    {
        using var answer = await _gateway.Http.GetAsync(address);
        return answer.StatusCode;
    }
}
