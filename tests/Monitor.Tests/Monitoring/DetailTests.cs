using System.Net;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Monitoring;

/// <summary>How much of what has been found is answered.</summary>
public sealed class DetailTests : IAsyncLifetime
{
    private const int Windows = 22;

    private readonly Random _random = new(7);
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(200);
        _registry.Deploy(Credit.Version(), rows, predictions);
        _monitor = await MonitorHost.StartAsync(_registry);
        for (var at = 0; at < Windows * 100; at++)
            _monitor.Log(Credit.Prediction($"p{at}", Credit.Applicant(_random)));
        await _monitor.WindowsAsync("credit", Windows);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_wish_the_latest_windows_have_every_feature_with_the_verdict_that_counts()
    {
        var full = await ReadAsync("?detail=full");
        var shown = await ReadAsync("?limit=20");

        Assert.Equal(Windows, full["windows"]!.AsArray().Count);
        Assert.Equal(20, shown["windows"]!.AsArray().Count);
        Assert.Equal("3", (string?)shown["next"]);
        var (all, some) = (Drift(full), Drift(shown));
        Assert.Equal(Names(all), Names(some));
        Assert.All(some, feature => Assert.False(feature!.AsObject().ContainsKey("rule")));
        Assert.All(all, feature => Assert.NotEmpty((string?)feature!["rule"] ?? ""));
        Assert.Equal(all.Select(feature => feature!["tests"]![0]!.ToJsonString()), some.Select(feature => feature!["tests"]!.AsArray().Single()!.ToJsonString()));
        Assert.All(Baseline(shown), feature => Assert.Null(feature!["edges"]));
        Assert.Contains(Baseline(full), feature => feature!["edges"] is not null);
        Assert.Equal(Baseline(full).Select(feature => (double?)feature!["mean"]), Baseline(shown).Select(feature => (double?)feature!["mean"]));
    }

    [Fact]
    public async Task A_summary_has_a_headline_for_each_window()
    {
        var full = await ReadAsync("?detail=full&limit=20");
        var summary = await ReadAsync("?detail=summary&limit=20");

        Assert.Equal(20, summary["windows"]!.AsArray().Count);
        Assert.Empty(Baseline(summary));
        foreach (var (window, whole) in summary["windows"]!.AsArray().Zip(full["windows"]!.AsArray()))
        {
            Assert.Equal(Names(whole!["drift"]!["features"]!.AsArray().Where(feature => (bool)feature!["drifted"]!)), Names(window!["drift"]!["features"]!.AsArray()));
            foreach (var member in new[] { "drifted", "driftedFeatures", "driftedShare" })
                Assert.Equal(whole["drift"]![member]!.ToJsonString(), window["drift"]![member]!.ToJsonString());
            Assert.Equal(whole["quality"]!["worstShare"]!.ToJsonString(), window["quality"]!["worstShare"]!.ToJsonString());
            Assert.Equal((int)whole["count"]!, (int)window["count"]!);
        }
        Assert.True(summary.ToJsonString().Length * 3 < full.ToJsonString().Length);
    }

    [Fact]
    public async Task Another_detail_is_refused() => Assert.Equal(
        "detail: Must be summary, windows or full.",
        await _monitor.Http.GetAsync("/v1/models/credit/monitoring?detail=some").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid"));

    private Task<JsonNode> ReadAsync(string query) => _monitor.Http.GetAsync($"/v1/models/credit/monitoring{query}").JsonAsync();

    private static JsonArray Drift(JsonNode answer) => answer["windows"]!.AsArray()[^1]!["drift"]!["features"]!.AsArray();

    private static JsonArray Baseline(JsonNode answer) => answer["baseline"]!["features"]!.AsArray();

    private static IEnumerable<string?> Names(IEnumerable<JsonNode?> features) => features.Select(feature => (string?)feature!["name"]);
}
