using System.Net;
using System.Text.Json.Nodes;
using Platform.Monitor.Drift;
using Platform.Monitor.Fairness;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Quality;
using Platform.Monitor.Windows;
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
    public async Task Without_a_wish_the_newest_window_is_in_detail_and_those_before_are_headlines()
    {
        var shown = await ReadAsync("");
        var (windows, summary) = (await ReadAsync("?detail=windows&limit=20"), await ReadAsync("?detail=summary&limit=20"));

        Assert.Equal(20, shown["windows"]!.AsArray().Count);
        Assert.Equal("3", (string?)shown["next"]);
        var whole = 9 / Drift(windows).Count;
        Assert.InRange(whole, 1, 19);
        Assert.Equal(Texts(summary).Take(20 - whole).Concat(Texts(windows).Skip(20 - whole)), Texts(shown));
        Assert.Equal(windows["baseline"]!.ToJsonString(), shown["baseline"]!.ToJsonString());

        static IEnumerable<string> Texts(JsonNode answer) => answer["windows"]!.AsArray().Select(window => window!.ToJsonString());
    }

    [Fact]
    public void Of_many_features_the_newest_window_lists_all_verdicts_and_those_before_what_has_drifted()
    {
        var quality = new QualityReport(0, [.. Enumerable.Range(0, 10).Select(at => new FeatureQuality { Name = $"f{at}" })]);
        var test = new TestVerdict { Test = "ks" };
        var drift = DriftReport.Of([.. Enumerable.Range(0, 10).Select(at =>
            new FeatureDrift { Name = $"f{at}", Kind = "numerical", Drifted = at == 3, Deciding = "ks", Rule = null, Tests = [test, test] })], new());
        var windows = Enumerable.Range(1, 3).Select(at => new WindowReport { Sequence = at, Quality = quality, Drift = drift, System = new() }).ToArray();
        var summaries = Enumerable.Range(0, 10).Select(at => new FeatureSummary { Name = $"f{at}", Kind = "numerical" });
        var answer = new MonitoringAnswer { Model = "m", Version = "1", Baseline = new(0, [.. summaries], [], null), Windows = windows };

        var shown = MonitoringDetail.Show(answer, detail: null);

        Assert.Equal([1, 2, 3], shown.Windows.Select(window => window.Sequence));
        Assert.Equal([1, 1, 10], shown.Windows.Select(window => window.Drift!.Features.Count));
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 0, 0, 0], shown.Windows[^1].Drift!.Features.Select(feature => feature.Tests.Count));
        Assert.Empty(shown.Baseline.Features);
    }

    [Fact]
    public void A_headline_names_the_groups_that_are_treated_unfairly_and_the_trends_that_move()
    {
        ComparedSet Set(string feature, bool? unfair) => new([feature], "r", false,
            [new() { Group = "r", Role = "reference" }, .. Enumerable.Range(0, 8).Select(at => new GroupReport { Group = $"g{at}", Role = "compared", Unfair = at == 2 ? unfair : false })]);
        var fairness = new WindowFairness { PositiveRate = new Dictionary<string, double?>(), PValueTest = "z", Attributes = [Set("a", false), Set("b", true), Set("c", null)] };
        var windows = Enumerable.Range(1, 3).Select(at => new WindowReport { Sequence = at, Quality = new(0, []), Fairness = fairness, System = new() }).ToArray();
        GroupTrend Trend(string? direction) => new(["a"], $"{direction}", 9, 0, 1, 1, direction);
        var answer = new MonitoringAnswer
        {
            Model = "m", Version = "1", Baseline = new(0, [], [], null), Windows = windows,
            FairnessTrend = new("mann_kendall", 0.01, "holm", [Trend("none"), Trend("falling"), Trend(null), Trend("rising")]),
        };

        foreach (var detail in new[] { null, MonitoringDetail.Summary })
        {
            var shown = MonitoringDetail.Show(answer, detail);
            Assert.All(shown.Windows, window => Assert.Equal("b", Assert.Single(Assert.Single(window.Fairness!.Attributes).Features)));
            Assert.All(shown.Windows, window => Assert.Equal("g2", Assert.Single(window.Fairness!.Attributes[0].Groups).Group));
            Assert.Equal(["falling", "rising"], shown.FairnessTrend!.Groups.Select(group => group.Direction));
        }

        Assert.Equal((3, 4), (MonitoringDetail.Show(answer, MonitoringDetail.Windows).Windows[0].Fairness!.Attributes.Count, MonitoringDetail.Show(answer, MonitoringDetail.Windows).FairnessTrend!.Groups.Count));
    }

    [Fact]
    public async Task With_windows_every_feature_has_the_verdict_that_counts()
    {
        var full = await ReadAsync("?detail=full");
        var shown = await ReadAsync("?detail=windows&limit=20");

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
