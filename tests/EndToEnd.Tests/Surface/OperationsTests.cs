using System.Net;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;

namespace Platform.EndToEnd.Tests.Surface;

[Collection(TheLoop.Name)]
public sealed class OperationsTests(EmptyPlatform platform)
{
    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task Health_answers_by_what_it_means()
    {
        await _api.ReadAsync("/health/live");
        Assert.True((bool?)(await _api.ReadAsync("/health/ready"))["ready"]);
    }

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

    [Fact]
    public async Task What_is_not_there_is_told_in_the_form_of_its_surface()
    {
        await _api.GetAsync("/v1/nothing").ProblemAsync(HttpStatusCode.NotFound, "route.not_found");
        Assert.NotEmpty((string?)(await _api.GetAsync("/v2/nothing").JsonAsync(HttpStatusCode.NotFound))["error"] ?? "");
    }
}
