using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Contracts.Monitor;
using Platform.TestKit;

namespace Platform.Monitor.Tests.GroundTruth;

public sealed class GroundTruthTests : IAsyncLifetime
{
    private readonly Random _random = new(11);
    private readonly Dictionary<string, string> _truth = [];
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(200);
        _registry.Deploy(Credit.Version(), rows, predictions);
        _monitor = await MonitorHost.StartAsync(_registry, null, ("Monitor:GroundTruth:MaxPerRequest", "500"));
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task Labels_that_come_after_the_window_has_closed_make_its_performance()
    {
        Send(100);
        await _monitor.WindowsAsync("credit", 1);

        Assert.Equal((60, 0), await LabelAsync(_truth.Take(60)));

        var performance = await PerformanceAsync();
        Assert.Equal(60, performance["labelled"]!.GetValue<int>());
        Assert.Equal(0.6, performance["labelCoverage"]!.GetValue<double>());
        Assert.Equal(1.0, performance["realised"]!["accuracy"]!.GetValue<double>());
        Assert.Equal(1.0, performance["realised"]!["roc_auc"]!.GetValue<double>());
        Assert.Equal(1.0, performance["baseline"]!.GetValue<double>());
        Assert.False(performance["degraded"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Repeating_labels_changes_nothing_and_the_last_one_wins()
    {
        Send(100);
        await _monitor.WindowsAsync("credit", 1);
        var wrong = _truth.ToDictionary(label => label.Key, label => Other(label.Value));

        await LabelAsync(wrong);
        await LabelAsync(wrong);
        Assert.Equal(100, (await PerformanceAsync())["labelled"]!.GetValue<int>());
        Assert.Equal(0.0, (await PerformanceAsync())["realised"]!["accuracy"]!.GetValue<double>());

        await LabelAsync(_truth);
        Assert.Equal(100, (await PerformanceAsync())["labelled"]!.GetValue<int>());
        Assert.Equal(1.0, (await PerformanceAsync())["realised"]!["accuracy"]!.GetValue<double>());
    }

    [Fact]
    public async Task A_label_that_became_known_earlier_does_not_replace_a_later_one()
    {
        Send(100);
        await _monitor.WindowsAsync("credit", 1);

        await PostAsync("""[{"predictionId":"p0","label":"bad","at":"2026-11-20T10:00:00Z"},{"predictionId":"p1","label":"bad"}]""");
        await PostAsync("""[{"predictionId":"p0","label":"good","at":"2026-11-20T09:00:00Z"}]""");

        var confusion = (await PerformanceAsync())["realised"]!["confusion"]!;
        Assert.Equal(2, confusion[1]![0]!.GetValue<int>() + confusion[1]![1]!.GetValue<int>());
    }

    [Fact]
    public async Task A_label_sent_right_after_its_prediction_is_known()
    {
        await using var patient = await MonitorHost.StartAsync(_registry, null, ("Monitor:GroundTruth:CatchUp", "00:00:10"));
        patient.Log(Credit.Prediction("p0", Credit.Applicant(_random)));

        var answer = await patient.Http.PostAsJsonAsync("/v1/models/credit/ground-truth", new { predictionId = "p0", label = "bad" })
            .JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal("""{"accepted":1,"unknown":0}""", answer.ToJsonString());
    }

    [Fact]
    public async Task A_label_for_a_whole_request_of_several_rows_is_answered_with_how_to_name_them()
    {
        var applicants = Enumerable.Range(0, 100).Select(_ => Credit.Applicant(_random)).ToArray();
        _monitor.Log(Credit.Prediction("many", applicants));
        await _monitor.WindowsAsync("credit", 1);

        var whole = await PostAsync("""[{"predictionId":"many","label":"bad"},{"predictionId":"many:3","label":"bad"}]""");
        var other = await PostAsync("""[{"predictionId":"nobody","label":"bad"}]""");

        Assert.Equal(1, whole["accepted"]!.GetValue<int>());
        Assert.Equal(1, whole["unknown"]!.GetValue<int>());
        Assert.Contains("'many:0'", whole["hint"]!.GetValue<string>());
        Assert.Equal("""{"accepted":0,"unknown":1}""", other.ToJsonString());
    }

    [Fact]
    public async Task A_wrong_label_sent_right_after_its_prediction_is_refused()
    {
        await using var patient = await MonitorHost.StartAsync(_registry, null, ("Monitor:GroundTruth:CatchUp", "00:00:10"));
        patient.Log(Credit.Prediction("p0", Credit.Applicant(_random)));

        var refused = await patient.Http.PostAsJsonAsync("/v1/models/credit/ground-truth", new { predictionId = "p0", label = "poor" })
            .ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");

        Assert.Contains("'poor' is no label of credit/1: one of 'good', 'bad' is needed.", refused);
    }

    [Fact]
    public async Task A_label_that_comes_before_its_prediction_is_unknown_and_joined_later()
    {
        var applicants = Enumerable.Range(0, 100).Select(_ => Credit.Applicant(_random)).ToArray();
        var labels = applicants.Select((applicant, at) => KeyValuePair.Create($"later{at}", Credit.Truth(applicant)));
        Assert.Equal((0, 100), await LabelAsync(labels));

        for (var at = 0; at < applicants.Length; at++)
            _monitor.Log(Credit.Prediction($"later{at}", applicants[at]));

        await _monitor.WindowsAsync("credit", 1);
        Assert.Equal(100, (await PerformanceAsync())["labelled"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_only_row_of_a_request_may_be_named_by_its_place(bool early)
    {
        var labels = _truth.Select(label => KeyValuePair.Create(label.Key + ":0", label.Value));
        if (!early)
        {
            Send(100);
            await _monitor.WindowsAsync("credit", 1);
            Assert.Equal((100, 0), await LabelAsync(labels));
        }
        else
        {
            var applicants = Enumerable.Range(0, 100).Select(_ => Credit.Applicant(_random)).ToArray();
            Assert.Equal((0, 100), await LabelAsync(applicants.Select((row, at) => KeyValuePair.Create($"e{at}:0", Credit.Truth(row)))));
            for (var at = 0; at < applicants.Length; at++)
                _monitor.Log(Credit.Prediction($"e{at}", applicants[at]));
            await _monitor.WindowsAsync("credit", 1);
        }

        var performance = await PerformanceAsync();
        Assert.Equal(100, performance["labelled"]!.GetValue<int>());
        Assert.Equal(1.0, performance["realised"]!["accuracy"]!.GetValue<double>());
    }

    [Fact]
    public async Task A_row_of_several_is_named_by_its_place_alone()
    {
        _monitor.Log(Credit.Prediction("batch", [.. Enumerable.Range(0, 100).Select(_ => Credit.Applicant(_random))]));
        await _monitor.WindowsAsync("credit", 1);

        Assert.Equal((2, 2), await LabelAsync([new("batch:0", "bad"), new("batch:99", "bad"), new("batch", "bad"), new("batch:100", "bad")]));
    }

    [Fact]
    public async Task An_early_label_that_turns_out_to_be_none_does_not_void_one_that_is()
    {
        var applicants = Enumerable.Range(0, 100).Select(_ => Credit.Applicant(_random)).ToArray();
        await LabelAsync(applicants.Select((row, at) => KeyValuePair.Create($"e{at}", Credit.Truth(row))));
        await LabelAsync(applicants.Select((_, at) => KeyValuePair.Create($"e{at}", "spaceship")));

        for (var at = 0; at < applicants.Length; at++)
            _monitor.Log(Credit.Prediction($"e{at}", applicants[at]));
        await _monitor.WindowsAsync("credit", 1);

        var performance = await PerformanceAsync();
        Assert.Equal(100, performance["labelled"]!.GetValue<int>());
        Assert.Equal(1.0, performance["realised"]!["accuracy"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("1", "bad")]
    [InlineData("1.0", "bad")]
    [InlineData("\"1\"", "bad")]
    [InlineData("\"True\"", "bad")]
    [InlineData("true", "bad")]
    [InlineData("0", "good")]
    [InlineData("\"bad\"", "bad")]
    public async Task A_class_may_be_given_by_name_by_number_or_as_a_boolean(string label, string meant)
    {
        Send(100);
        await _monitor.WindowsAsync("credit", 1);
        var row = _truth.First(truth => truth.Value == meant).Key;

        await PostAsync($$"""{"predictionId":"{{row}}","label":{{label}}}""");

        Assert.Equal(1.0, (await PerformanceAsync())["realised"]!["accuracy"]!.GetValue<double>());
    }

    [Fact]
    public async Task A_version_that_has_become_worse_is_announced_once_and_raises_an_alert()
    {
        Send(200);
        await _monitor.WindowsAsync("credit", 2);

        var wrong = _truth.Select((label, at) => KeyValuePair.Create(label.Key, at % 2 == 0 ? label.Value : Other(label.Value))).ToArray();
        await LabelAsync(wrong.Take(80));
        await LabelAsync(wrong);
        await LabelAsync(wrong);

        Assert.True((await PerformanceAsync())["degraded"]!.GetValue<bool>());
        await _monitor.AlertAsync("performance");
        await Eventually.TrueAsync(() => _monitor.Events.Of<AlertRaised>().Any(), "AlertRaised");
        await Eventually.TrueAsync(() => _monitor.Events.Of<PerformanceDegraded>().Count() >= 2, "PerformanceDegraded");
        var degraded = _monitor.Events.Of<PerformanceDegraded>().ToArray();
        Assert.Equal(2, degraded.Length); // one for each window, however often it was labelled
        Assert.Equal("accuracy", degraded[0].Metric);
        Assert.Equal(1.0, degraded[0].Baseline);
    }

    [Theory]
    [InlineData("""[{"label":"bad"}]""", "[0].predictionId")]
    [InlineData("""[{"predictionId":"p0"}]""", "[0].label")]
    [InlineData("""[{"predictionId":"p0","label":null}]""", "[0].label")]
    [InlineData("""[{"predictionId":"p0","label":{}}]""", "[0].label")]
    [InlineData("""[{"predictionId":"p0","label":"\ud800"}]""", "[0].label")]
    [InlineData("""[{"predictionId":"p0","label":"bad","colour":1}]""", "[0].colour")]
    [InlineData("""[{"predictionId":"p0","label":"none of the classes"}]""", "[0].label")]
    [InlineData("""[{"predictionId":"p0","label":"bad","at":"2026-11-20T09:30:00"}]""", "[0].at")]
    [InlineData("""{"predictionId":"p0","label":"bad","at":"2026-11-20"}""", "at")]
    [InlineData("""[{"predictionId":"p0","label":""}]""", "[0].label")]
    [InlineData("""[null]""", "[0].predictionId")]
    [InlineData("null", "body")]
    [InlineData("3", "body")]
    [InlineData("[", "body")]
    public async Task A_wrong_body_is_refused_by_field(string body, string field)
    {
        Send(1);
        await Eventually.TrueAsync(async () => (await _monitor.MonitoringAsync("credit"))["open"] is not null, "the prediction was counted");

        var errors = (await Post(body).JsonAsync(HttpStatusCode.BadRequest))["errors"]!.AsObject();

        Assert.Equal([field], errors.Select(error => error.Key));
    }

    [Fact]
    public async Task Too_many_labels_at_once_are_refused() =>
        Assert.Contains("500", await Post($"[{string.Join(',', Enumerable.Repeat("""{"predictionId":"x","label":1}""", 501))}]")
            .ProblemAsync(HttpStatusCode.BadRequest, "request.invalid"));

    [Fact]
    public async Task Labels_for_a_model_that_does_not_exist_are_refused()
    {
        using var body = new StringContent("""[{"predictionId":"x","label":1}]""", Encoding.UTF8, "application/json");
        await _monitor.Http.PostAsync("/v1/models/nobody/ground-truth", body).ProblemAsync(HttpStatusCode.NotFound, "monitor.model_unknown");
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_is_refused()
    {
        using var body = new StringContent("p0,bad", Encoding.UTF8, "text/csv");
        await _monitor.Http.PostAsync("/v1/models/credit/ground-truth", body)
            .ProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.media_type");
    }

    private static string Other(string label) => label == "bad" ? "good" : "bad";

    private void Send(int count)
    {
        for (var at = 0; at < count; at++)
        {
            var applicant = Credit.Applicant(_random);
            _truth[$"p{at}"] = Credit.Truth(applicant);
            _monitor.Log(Credit.Prediction($"p{at}", applicant));
        }
    }

    private async Task<JsonNode> PerformanceAsync() => (await _monitor.MonitoringAsync("credit"))["windows"]![0]!["performance"]!;

    private async Task<(int Accepted, int Unknown)> LabelAsync(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var body = labels.Select(label => new { predictionId = label.Key, label = label.Value });
        var answer = await _monitor.Http.PostAsJsonAsync("/v1/models/credit/ground-truth", body).JsonAsync(HttpStatusCode.Accepted);
        return (answer["accepted"]!.GetValue<int>(), answer["unknown"]!.GetValue<int>());
    }

    private Task<JsonNode> PostAsync(string body) => Post(body).JsonAsync(HttpStatusCode.Accepted);

    private async Task<HttpResponseMessage> Post(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _monitor.Http.PostAsync("/v1/models/credit/ground-truth", content);
    }
}
