using Platform.EndToEnd.Tests.Running;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Surface;

[Collection(LoopInStandalone.Name)]
public sealed class MetricsTests(StandalonePlatform platform)
{
    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task Metrics_are_Prometheus_text_and_count_predictions()
    {
        await _api.ServeCreditAsync("measured");
        using var response = await _api.GetAsync("/metrics");
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches(@"^(# (HELP|TYPE) .+|[a-zA-Z_:][a-zA-Z0-9_:]*(\{.*\})? [-+0-9.eEInfNa]+)$", line));
        Assert.Contains(lines, line => line.Contains("model=\"measured\"", StringComparison.Ordinal));
    }
}
