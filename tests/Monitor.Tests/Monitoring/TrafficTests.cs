using Platform.Contracts.Inference;
using Platform.Contracts.Monitor;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Monitoring;

/// <summary>The whole way from the prediction log to an alert, through HTTP.</summary>
public sealed class TrafficTests : IAsyncLifetime
{
    private readonly Random _random = new(5);
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;
    private int _sent;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(400);
        _registry.Deploy(Credit.Version(), rows, predictions);
        _registry.Deploy(Credit.Version("2", metadata => metadata with { Fairness = Credit.ByAge }), rows, predictions, alias: "challenger");
        _monitor = await MonitorHost.StartAsync(_registry);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task Traffic_like_the_reference_has_not_drifted()
    {
        Send(300, Credit.Applicant);

        var answer = await _monitor.WindowsAsync("credit", 3);

        Assert.Equal("1", answer["version"]!.GetValue<string>());
        Assert.Equal(400, answer["baseline"]!["rows"]!.GetValue<int>());
        foreach (var window in answer["windows"]!.AsArray())
        {
            Assert.Equal(100, window!["count"]!.GetValue<int>());
            Assert.Equal(0, window["drift"]!["driftedShare"]!.GetValue<double>());
            Assert.False(window["prediction"]!["drifted"]!.GetValue<bool>());
            Assert.Equal(4, window["drift"]!["features"]!.AsArray().Count);
            Assert.Equal(1.0, window["system"]!["latencyMs"]!["total"]!["p50"]!.GetValue<double>());
        }

        Assert.Empty(await _monitor.AlertsAsync());
    }

    [Fact]
    public async Task Rows_that_the_log_holds_in_part_are_counted_as_such()
    {
        var whole = Credit.Prediction("many", [.. Enumerable.Range(0, 60).Select(_ => Credit.Applicant(_random))]);
        var sample = whole.Data.Inputs[0] with { Stride = 60, Data = Credit.Json(new double[] { 30, 40, 50, 60 }) };
        _monitor.Log(whole with { Data = whole.Data with { Inputs = [sample] } });
        Send(40, Credit.Applicant);

        var quality = (await _monitor.WindowsAsync("credit", 1))["windows"]![0]!["quality"]!;

        Assert.Equal(60, quality["sampledRows"]!.GetValue<int>());
        Assert.Equal([44, 40, 40, 40], quality["features"]!.AsArray().Select(feature => feature!["observed"]!.GetValue<int>()));
    }

    [Fact]
    public async Task An_optional_input_that_some_requests_bring_changes_nothing_about_the_rows()
    {
        for (var i = 0; i < 100; i++)
        {
            var prediction = Credit.Prediction($"optional-{i}", Credit.Applicant(_random));
            var optional = new LoggedTensor { Name = "bias", Datatype = "FP32", Shape = [3], Data = Credit.Json(new double[] { 1e6, 1e6, 1e6 }) };
            _monitor.Log(i % 2 == 0 ? prediction : prediction with { Data = prediction.Data with { Inputs = [.. prediction.Data.Inputs, optional] } });
        }

        var window = (await _monitor.WindowsAsync("credit", 1))["windows"]![0]!;

        Assert.Equal(100, (int)window["count"]!);
        Assert.Equal([100, 100, 100, 100], window["quality"]!["features"]!.AsArray().Select(feature => (int)feature!["observed"]!));
        Assert.Equal(0, (double)window["drift"]!["driftedShare"]!);
    }

    [Fact]
    public async Task A_shift_is_detected_raises_an_alert_and_is_resolved_when_it_is_over()
    {
        Send(200, Credit.YoungApplicant);

        var window = (await _monitor.WindowsAsync("credit", 2))["windows"]![0]!;
        Assert.Equal(0.5, window["drift"]!["driftedShare"]!.GetValue<double>());
        var age = window["drift"]!["features"]!.AsArray().Single(feature => feature!["name"]!.GetValue<string>() == "age")!;
        Assert.True(age["drifted"]!.GetValue<bool>());
        Assert.Equal("ks", age["deciding"]!.GetValue<string>());
        Assert.Equal(["ks", "chi_square", "psi", "js"], age["tests"]!.AsArray().Select(test => test!["test"]!.GetValue<string>()));
        Assert.True(age["tests"]![0]!["effectSize"]!.GetValue<double>() > 0.5);

        var alert = await _monitor.AlertAsync("data-drift");
        Assert.Contains("age", alert["summary"]!.GetValue<string>());
        await Eventually.TrueAsync(() => _monitor.Events.Of<AlertRaised>().Any(raised => raised.RuleId == "data-drift"), "AlertRaised");
        var detected = await DetectedAsync("data");
        Assert.Equal(["age", "amount"], detected.Features.Order());
        await DetectedAsync("prediction");

        Send(300, Credit.Applicant);

        await Eventually.TrueAsync(
            () => _monitor.Events.Of<AlertResolved>().Any(resolved => resolved.RuleId == "data-drift"), "AlertResolved");
        Assert.Contains(await _monitor.AlertsAsync("?state=resolved"), a => a["id"]!.GetValue<string>() == alert["id"]!.GetValue<string>());
        Assert.DoesNotContain(await _monitor.AlertsAsync("?state=active"), a => a["ruleId"]!.GetValue<string>() == "data-drift");
    }

    [Fact]
    public async Task One_breached_window_raises_no_alert()
    {
        Send(100, Credit.YoungApplicant);
        Send(300, Credit.Applicant);

        await _monitor.WindowsAsync("credit", 4);

        Assert.Empty(await _monitor.AlertsAsync());
    }

    [Fact]
    public async Task Missing_values_numbers_out_of_range_and_unseen_categories_are_counted()
    {
        Send(100, random => random.Next(2) == 0 ? [null, 999_999, 7, 0] : Credit.Applicant(random));

        var quality = (await _monitor.WindowsAsync("credit", 1))["windows"]![0]!["quality"]!;
        var features = quality["features"]!.AsArray().ToDictionary(feature => feature!["name"]!.GetValue<string>(), feature => feature!);

        Assert.InRange(features["age"]["missing"]!.GetValue<int>(), 30, 70);
        Assert.Equal(features["age"]["missing"]!.GetValue<int>(), features["amount"]["outOfRange"]!.GetValue<int>());
        Assert.Equal(features["age"]["missing"]!.GetValue<int>(), features["purpose"]["unseenCategory"]!.GetValue<int>());
        Assert.Equal(0, features["owner"]["unseenCategory"]!.GetValue<int>());
        Assert.InRange(quality["worstShare"]!.GetValue<double>(), 0.3, 0.7);
    }

    [Fact]
    public async Task Failures_make_an_error_rate_and_an_alert_but_refused_requests_do_not()
    {
        for (var at = 0; at < 200; at++)
        {
            _monitor.Log((at % 4) switch
            {
                0 => Credit.Failure($"f{at}"),
                1 => Credit.Failure($"r{at}", "rejected"),
                _ => Credit.Prediction($"p{at}", Credit.Applicant(_random)),
            });
        }

        var system = (await _monitor.WindowsAsync("credit", 2))["windows"]![1]!["system"]!;

        Assert.Equal(1 / 3.0, system["errorRate"]!.GetValue<double>(), 6);
        Assert.Equal(25, system["rejected"]!.GetValue<int>());
        await _monitor.AlertAsync("error-rate");
    }

    [Fact]
    public async Task Groups_that_the_metadata_name_are_compared()
    {
        Send(200, Credit.Applicant, "2");

        var fairness = (await _monitor.WindowsAsync("credit", 2, "?version=2"))["windows"]![0]!["fairness"]!;

        Assert.True(fairness["disparate_impact"]!.GetValue<double>() < 0.2); // nobody under forty is "good"
        Assert.True(fairness["violates_four_fifths"]!.GetValue<bool>());
        Assert.True(fairness["unfair"]!.GetValue<bool>());
        Assert.Equal(100, fairness["support"]!.AsObject().Sum(group => group.Value!.GetValue<int>()));
        var alert = await _monitor.AlertAsync("fairness");
        Assert.Contains("fairness.unfair is 1 (disparate impact 0", (string?)alert["summary"]);
        Assert.Contains(" of 'unprivileged' against 'privileged' by age, p < 0.0001)", (string?)alert["summary"]);
    }

    [Fact]
    public async Task How_good_answers_are_is_estimated_before_there_is_a_label()
    {
        Send(100, Credit.Applicant);

        var performance = (await _monitor.WindowsAsync("credit", 1))["windows"]![0]!["performance"]!;

        Assert.Null(performance["realised"]);
        var estimated = performance["estimated"]!;
        Assert.Equal(("cbpe", "isotonic", 400, 100), ((string?)estimated["method"], (string?)estimated["calibration"],
            (int)estimated["calibrationRows"]!, (int)estimated["rows"]!));
        Assert.Equal(1, (double)estimated["accuracy"]!["value"]!, 1); // the scores are always right, however unsure they sound
        Assert.NotNull(estimated["roc_auc"]);
    }

    private Task<DriftDetected> DetectedAsync(string kind) => Eventually.ValueAsync(
        () => Task.FromResult(_monitor.Events.Of<DriftDetected>().FirstOrDefault(drift => drift.Kind == kind)), $"DriftDetected of {kind}");

    private void Send(int count, Func<Random, double?[]> applicant, string version = "1")
    {
        for (var at = 0; at < count; at++)
            _monitor.Log(Credit.Prediction($"p{_sent++}", applicant(_random), version: version));
    }
}
