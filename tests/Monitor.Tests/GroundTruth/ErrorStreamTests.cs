using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Monitor.Detectors;
using Platform.TestKit;

namespace Platform.Monitor.Tests.GroundTruth;

/// <summary>Labels as the detectors see them, one after the other.</summary>
public sealed class ErrorStreamTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(5);
    private readonly double?[][] _applicants;
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public ErrorStreamTests() => _applicants = [.. Enumerable.Range(0, 400).Select(_ => Credit.Applicant(_random))];

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(200);
        _registry.Deploy(Credit.Version(), rows, predictions);
        _monitor = await MonitorHost.StartAsync(_registry, _folder.Path);
        for (var at = 0; at < _applicants.Length; at++)
            _monitor.Log(Credit.Prediction($"p{at}", _applicants[at]));
        await _monitor.WindowsAsync("credit", 4);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Errors_that_become_more_frequent_are_shown_and_alert_whom_a_rule_says()
    {
        await SetRuleAsync("performance.changes.page_hinkley");
        await LabelAsync(0, 200, Right);
        var before = await ErrorsAsync();

        await LabelAsync(200, 400, Wrong);

        Assert.Equal((200, 0.0, 0), ((int)before["rows"]!, (double)before["errorRate"]!, Alarms(before)));
        var answer = await _monitor.MonitoringAsync("credit");
        Assert.Equal(0.5, (double)answer["errors"]!["errorRate"]!);
        Assert.True(Alarms(answer["errors"]!) >= 1);
        var changes = answer["windows"]!.AsArray().Select(window => window!["performance"]!["changes"]!.AsArray()).ToArray();
        Assert.Empty(changes[0]);
        Assert.Contains("page_hinkley", changes[2].Select(name => (string?)name));
        await _monitor.AlertAsync("changed");
    }

    [Fact]
    public async Task A_label_is_seen_once_however_often_it_is_given_and_whatever_happens_between()
    {
        await LabelAsync(0, 100, Right);
        await LabelAsync(0, 100, Wrong);
        await LabelAsync(100, 150, Wrong);
        var before = await ErrorsAsync();

        await _monitor.DisposeAsync();
        _monitor = await MonitorHost.StartAsync(_registry, _folder.Path);

        Assert.Equal((150, 1 / 3.0), ((int)before["rows"]!, (double)before["errorRate"]!));
        Assert.Equal(before.ToJsonString(), (await ErrorsAsync()).ToJsonString());
        await LabelAsync(150, 200, Right);
        Assert.Equal(200, (int)(await ErrorsAsync())["rows"]!);
    }

    [Fact]
    public async Task Before_the_first_label_nothing_is_said() => Assert.Null((await _monitor.MonitoringAsync("credit"))["errors"]);

    [Fact]
    public void A_detector_that_was_not_there_yet_begins_with_the_stream_that_goes_on()
    {
        var stream = ErrorStream.Of(new() { Model = "credit", Version = "1", Rows = 10, Errors = 2 });

        stream.Add(wrong: true, DateTimeOffset.UnixEpoch);

        Assert.Equal(11, stream.ToReport().Rows);
        Assert.Equal(DetectorCatalogue.Ids, stream.ToReport().Detectors.Select(detector => detector.Name));
    }

    private static string Right(double?[] applicant) => Credit.Truth(applicant);

    private static string Wrong(double?[] applicant) => Credit.Truth(applicant) == "bad" ? "good" : "bad";

    private static int Alarms(JsonNode errors) => errors["detectors"]!.AsArray().Sum(detector => (int)detector!["alarms"]!);

    private async Task<JsonNode> ErrorsAsync() => (await _monitor.MonitoringAsync("credit"))["errors"]!;

    private async Task LabelAsync(int from, int to, Func<double?[], string> label)
    {
        var labels = Enumerable.Range(from, to - from).Select(at => new { predictionId = $"p{at}", label = label(_applicants[at]) });
        await _monitor.Http.PostAsJsonAsync("/v1/models/credit/ground-truth", labels).JsonAsync(HttpStatusCode.Accepted);
    }

    private async Task SetRuleAsync(string metric)
    {
        var rule = new { metric, breached = 1, of = 1 };
        (await _monitor.Http.PutAsJsonAsync("/v1/alert-rules/changed", rule)).EnsureSuccessStatusCode();
    }
}
