using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Monitoring;

/// <summary>What has been counted once is never counted again, and nothing is forgotten.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(5);
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(200);
        _registry.Deploy(Credit.Version(), rows, predictions);
        _registry.Deploy(Credit.Version("2"), rows, predictions, alias: "challenger");
        _monitor = await MonitorHost.StartAsync(_registry, _folder.Path);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Open_and_closed_windows_survive_and_no_prediction_is_counted_twice()
    {
        Send("a", 250);
        await OpenAsync(50);

        await RestartAsync();

        await OpenAsync(50);
        Send("b", 50);
        var windows = (await _monitor.WindowsAsync("credit", 3))["windows"]!.AsArray();
        Assert.Equal([1, 2, 3], windows.Select(window => window!["sequence"]!.GetValue<int>()));
        Assert.All(windows, window => Assert.Equal(100, window!["count"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_slow_version_is_read_again_from_its_beginning_without_counting_a_fast_one_twice()
    {
        Send("slow", 10, "2");
        Send("fast", 320);
        await _monitor.WindowsAsync("credit", 3);
        await OpenAsync(20);

        await RestartAsync();

        await OpenAsync(20);
        await OpenAsync(10, "?version=challenger");
        Assert.Equal(3, (await _monitor.MonitoringAsync("credit"))["windows"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_request_that_spans_windows_is_resumed_in_its_middle()
    {
        _monitor.Log(Credit.Prediction("large", [.. Enumerable.Range(0, 230).Select(_ => Credit.Applicant(_random))]));
        await OpenAsync(30);

        await RestartAsync();

        await OpenAsync(30);
        Assert.Equal(2, (await _monitor.MonitoringAsync("credit"))["windows"]!.AsArray().Count);
        Assert.Equal((1, 0), await LabelAsync("large:229", "bad"));
        Assert.Equal((1, 0), await LabelAsync("large:0", "good"));
    }

    [Fact]
    public async Task Labels_of_open_windows_of_closed_ones_and_of_predictions_to_come_all_survive()
    {
        Send("a", 150);
        await OpenAsync(50);
        Assert.Equal((1, 0), await LabelAsync("a0", "good"));
        Assert.Equal((1, 0), await LabelAsync("a120", "good"));
        Assert.Equal((0, 1), await LabelAsync("b49", "good"));

        await RestartAsync();
        await OpenAsync(50);
        Send("b", 50);

        var windows = (await _monitor.WindowsAsync("credit", 2))["windows"]!.AsArray();
        Assert.Equal(1, windows[0]!["performance"]!["labelled"]!.GetValue<int>());
        Assert.Equal(2, windows[1]!["performance"]!["labelled"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_alert_and_how_near_the_next_one_is_survive()
    {
        for (var at = 0; at < 100; at++)
            _monitor.Log(Credit.Prediction($"y{at}", Credit.YoungApplicant(_random)));
        await _monitor.WindowsAsync("credit", 1);
        Assert.Empty(await _monitor.AlertsAsync());

        await RestartAsync();
        for (var at = 100; at < 200; at++)
            _monitor.Log(Credit.Prediction($"y{at}", Credit.YoungApplicant(_random)));

        await Eventually.TrueAsync(async () => (await _monitor.AlertsAsync("?state=active")).Count > 0, "an alert after the second breach");
        var before = await _monitor.AlertsAsync("?state=active");
        await RestartAsync();
        Assert.Equal(before.Select(Id), (await _monitor.AlertsAsync("?state=active")).Select(Id));
    }

    private static string Id(JsonNode alert) => alert["id"]!.GetValue<string>();

    private async Task RestartAsync()
    {
        await _monitor.DisposeAsync();
        _monitor = await MonitorHost.StartAsync(_registry, _folder.Path);
    }

    private void Send(string prefix, int count, string version = "1")
    {
        for (var at = 0; at < count; at++)
            _monitor.Log(Credit.Prediction($"{prefix}{at}", Credit.Applicant(_random), version: version));
    }

    private Task OpenAsync(int count, string query = "") => Eventually.TrueAsync(
        async () => (await _monitor.MonitoringAsync("credit", query))["open"]?["count"]!.GetValue<int>() == count, $"the open window holds {count}");

    private async Task<(int Accepted, int Unknown)> LabelAsync(string id, string label)
    {
        var answer = await _monitor.Http.PostAsJsonAsync("/v1/models/credit/ground-truth", new[] { new { predictionId = id, label } })
            .JsonAsync(HttpStatusCode.Accepted);
        return (answer["accepted"]!.GetValue<int>(), answer["unknown"]!.GetValue<int>());
    }
}
