using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Fairness;

/// <summary>Attributes and intersections, from the prediction log to the alert.</summary>
public sealed class LiveGroupsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(8);
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(400);
        _registry.Deploy(Credit.Version("1", metadata => metadata with
        {
            Fairness = new()
            {
                FavourableClass = "good",
                MinSupport = 15,
                Attributes =
                [
                    new() { Feature = "age", Groups = [new() { Name = "young", Max = 39.999 }, new() { Name = "older", Min = 40 }], Reference = "older" },
                    new() { Feature = "purpose" },
                    new() { Feature = "owner", Groups = [new() { Name = "owners", Values = ["1"] }, new() { Name = "others", Values = ["0"] }] },
                ],
                Intersections = [["age", "owner"]],
            },
        }), rows, predictions);
        _monitor = await MonitorHost.StartAsync(_registry, _folder.Path);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_group_is_judged_and_the_alert_names_the_worst()
    {
        for (var at = 0; at < 200; at++)
            _monitor.Log(Credit.Prediction($"p{at}", Credit.Applicant(_random)));

        var answer = await _monitor.WindowsAsync("credit", 2);

        var fairness = answer["windows"]![1]!["fairness"]!;
        Assert.True((bool)fairness["unfair"]!);
        Assert.Equal(["age", "purpose", "owner", "age owner"], fairness["attributes"]!.AsArray().Select(set => string.Join(' ', set!["features"]!.AsArray())));
        Assert.Equal(("holm", 11), ((string?)fairness["correction"]!["method"], (int)fairness["correction"]!["tests"]!)); // 1, 3, 1 and 6
        Assert.Equal(
            ("reference", "compared", true),
            ((string?)Group(fairness, 0, "older")["role"], (string?)Group(fairness, 0, "young")["role"], (bool)Group(fairness, 0, "young")["unfair"]!));
        Assert.Equal(0, (double)Group(fairness, 0, "young")["disparate_impact"]!);
        Assert.DoesNotContain(fairness["attributes"]![1]!["groups"]!.AsArray(), group => (bool?)group!["unfair"] == true);
        Assert.Null(Group(fairness, 0, "young")["true_positive_rate"]);
        Assert.Null(fairness["disparate_impact"]);
        Assert.All(answer["fairnessTrend"]!["groups"]!.AsArray(), group => Assert.Null(group!["pValue"]));
        Assert.Contains("disparate impact 0 of 'young' against 'older' by age, p < 0.0001, and ", (string?)(await _monitor.AlertAsync("fairness"))["summary"]);
    }

    [Fact]
    public async Task Labels_bring_the_true_positive_rates()
    {
        for (var at = 0; at < 100; at++)
            _monitor.Log(Credit.Prediction($"p{at}", Credit.Applicant(_random)));
        await _monitor.WindowsAsync("credit", 1);
        await _monitor.Http.PostAsJsonAsync("/v1/models/credit/ground-truth", Enumerable.Range(0, 80).Select(at => new { predictionId = $"p{at}", label = "good" }))
            .JsonAsync(HttpStatusCode.Accepted);

        var window = await Eventually.ValueAsync(
            async () => (await _monitor.MonitoringAsync("credit"))["windows"]![0]! is var found && (int)found["performance"]!["labelled"]! == 80 ? found : null,
            "80 labels were counted");
        var fairness = window["fairness"]!;
        var (young, older) = (Group(fairness, 0, "young"), Group(fairness, 0, "older"));
        Assert.Equal(80, (int)young["labelled"]! + (int)older["labelled"]!);
        Assert.Equal(0, (double)young["true_positive_rate"]!);
        Assert.Equal(-(double)older["true_positive_rate"]!, (double)young["equal_opportunity_difference"]!, 12);
        Assert.Null(young["false_positive_rate"]);
        Assert.Null(window["performance"]!["fairness"]);
    }

    [Fact]
    public async Task Labels_that_come_after_a_restart_are_counted_by_group()
    {
        var applicants = Enumerable.Range(0, 150).Select(_ => Credit.Applicant(_random)).ToArray();
        for (var at = 0; at < applicants.Length; at++)
            _monitor.Log(Credit.Prediction($"p{at}", applicants[at]));
        var before = (await _monitor.WindowsAsync("credit", 1))["windows"]![0]!["fairness"]!;
        await Eventually.TrueAsync(async () => (int?)(await _monitor.MonitoringAsync("credit"))["open"]?["count"] == 50, "the next window holds 50");

        await _monitor.DisposeAsync();
        _monitor = await MonitorHost.StartAsync(_registry, _folder.Path);
        await _monitor.Http.PostAsJsonAsync("/v1/models/credit/ground-truth", Enumerable.Range(0, 80).Select(at => new { predictionId = $"p{at}", label = "good" }))
            .JsonAsync(HttpStatusCode.Accepted);

        var fairness = (await Eventually.ValueAsync(
            async () => (await _monitor.MonitoringAsync("credit"))["windows"]![0]! is var found && (int?)found["performance"]?["labelled"] == 80 ? found : null,
            "80 labels were counted"))["fairness"]!;
        var young = applicants.Take(80).Count(applicant => applicant[0] < 40);
        Assert.Equal((young, 80 - young), ((int)Group(fairness, 0, "young")["labelled"]!, (int)Group(fairness, 0, "older")["labelled"]!));
        var owners = applicants.Take(80).Count(applicant => applicant[0] >= 40 && applicant[3] == 1);
        Assert.Equal(owners, (int)Group(fairness, 3, "older & owners")["labelled"]!);
        Assert.Equal(before["attributes"]!.AsArray().SelectMany(set => Told(set!)), fairness["attributes"]!.AsArray().SelectMany(set => Told(set!)));

        static IEnumerable<(string?, long, double?, double?)> Told(JsonNode set) => set["groups"]!.AsArray().Select(group =>
            ((string?)group!["group"], (long)group["support"]!, (double?)group["selection_rate"], (double?)group["adjustedPValue"]));
    }

    private static JsonNode Group(JsonNode fairness, int set, string group) =>
        fairness["attributes"]![set]!["groups"]!.AsArray().Single(found => (string?)found!["group"] == group)!;
}
