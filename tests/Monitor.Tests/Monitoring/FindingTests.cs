using System.Net;
using Platform.Contracts.Registry;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Monitoring;

/// <summary>Which version is meant, which windows, and what happens with records that cannot be used.</summary>
public sealed class FindingTests : IAsyncLifetime
{
    private readonly Random _random = new(5);
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(100);
        _registry.Deploy(Credit.Version(), rows, predictions);
        _registry.Deploy(Credit.Version("2"), rows, predictions, alias: "challenger");
        _registry.Deploy(Credit.Version("3"), rows, predictions, alias: null);
        _monitor = await MonitorHost.StartAsync(_registry);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("?version=&from=&to=", "1")]
    [InlineData("?version=1", "1")]
    [InlineData("?version=champion", "1")]
    [InlineData("?version=challenger", "2")]
    [InlineData("?version=3", "3")]
    public async Task A_version_is_named_by_number_by_alias_or_not_at_all(string query, string version) =>
        Assert.Equal(version, (await _monitor.MonitoringAsync("credit", query))["version"]!.GetValue<string>());

    [Fact]
    public async Task What_does_not_exist_is_refused()
    {
        await _monitor.Http.GetAsync("/v1/models/nobody/monitoring").ProblemAsync(HttpStatusCode.NotFound, "monitor.model_unknown");
        await _monitor.Http.GetAsync("/v1/models/credit/monitoring?version=9").ProblemAsync(HttpStatusCode.NotFound, "monitor.version_unknown");
        await _monitor.Http.GetAsync("/v1/models/credit/monitoring?limit=0").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        await _monitor.Http.GetAsync("/v1/models/credit/monitoring?from=yesterday").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        var unzoned = await _monitor.Http.GetAsync("/v1/models/credit/monitoring?from=2026-01-01T00:00:00&to=2026-01-02").JsonAsync(HttpStatusCode.BadRequest);
        Assert.Equal(["from", "to"], unzoned["errors"]!.AsObject().Select(error => error.Key));
        await _monitor.Http.GetAsync("/v1/models/credit/monitoring?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")
            .ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task Windows_are_found_by_time()
    {
        var start = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
        for (var at = 0; at < 300; at++)
            _monitor.Log(Credit.Prediction($"p{at}", Credit.Applicant(_random), start.AddSeconds(at / 4.0)));
        await _monitor.WindowsAsync("credit", 3);

        var second = await _monitor.MonitoringAsync("credit", "?from=2026-11-20T09:00:30Z&to=2026-11-20T09:00:40Z");

        Assert.Equal([2], second["windows"]!.AsArray().Select(window => window!["sequence"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_version_without_a_reference_is_watched_but_cannot_drift()
    {
        _registry.Deploy(Credit.Version("4"), [], alias: "other");
        await Eventually.TrueAsync(
            async () => (await _monitor.Http.GetAsync("/v1/models/credit/monitoring?version=other")).IsSuccessStatusCode, "version 4 was seen");
        for (var at = 0; at < 100; at++)
            _monitor.Log(Credit.Prediction($"p{at}", Credit.Applicant(_random), version: "4"));

        var window = (await _monitor.WindowsAsync("credit", 1, "?version=4"))["windows"]![0]!;

        Assert.Null(window["drift"]);
        Assert.Null(window["prediction"]);
        Assert.Equal(100, window["system"]!["succeeded"]!.GetValue<int>());
        Assert.Equal(4, window["quality"]!["features"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_reference_that_cannot_be_read_does_not_keep_traffic_from_being_watched()
    {
        var (rows, predictions) = Credit.Reference(50, seed: 9);
        _registry.Deploy(Credit.Version("5"), rows, predictions, alias: null);
        _registry.Damage();
        for (var at = 0; at < 100; at++)
            _monitor.Log(Credit.Prediction($"p{at}", Credit.Applicant(_random), version: "5"));

        var answer = await _monitor.WindowsAsync("credit", 1, "?version=5");

        Assert.Equal(0, answer["baseline"]!["rows"]!.GetValue<int>());
    }

    [Fact]
    public async Task Records_that_cannot_be_read_are_passed_over()
    {
        _monitor.Log("""{"id":"x","subject":"credit","data":{"version":"1","rows":"many"}}"""u8);
        _monitor.Log("""
            {"id":"y","subject":"credit","time":"2026-11-20T09:00:00Z","data":{"version":"1","status":"succeeded",
             "inputs":[{"name":"input","datatype":"FP32","shape":[1,4],"data":[[1]]}]}}
            """u8);
        _monitor.Log("""{"id":"z","subject":"credit","time":"2026-11-20T09:00:00Z","data":{"version":"","status":"rejected"}}"""u8);
        for (var at = 0; at < 100; at++)
            _monitor.Log(Credit.Prediction($"p{at}", Credit.Applicant(_random)));

        var answer = await _monitor.WindowsAsync("credit", 1);

        Assert.Equal(100, answer["windows"]![0]!["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_feature_that_the_log_hides_is_not_watched()
    {
        var (rows, predictions) = Credit.Reference(100);
        _registry.Deploy(
            Credit.Version("6", metadata => metadata with { Fairness = Credit.ByAge, Logging = new() { Redact = [new FeatureRedaction { Feature = "age" }] } }),
            rows, predictions, alias: null);
        for (var at = 0; at < 100; at++)
            _monitor.Log(Credit.Prediction($"p{at}", [null, .. Credit.Applicant(_random)[1..]], version: "6"));

        var window = (await _monitor.WindowsAsync("credit", 1, "?version=6"))["windows"]![0]!;

        Assert.DoesNotContain(window["quality"]!["features"]!.AsArray(), feature => feature!["name"]!.GetValue<string>() == "age");
        Assert.InRange(window["quality"]!["worstShare"]!.GetValue<double>(), 0, 0.1);
        Assert.Null(window["fairness"]);
    }
}
