using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Loop;

public abstract class MonitoringTests(RunningPlatform platform)
{
    private const double Threshold = 0.5;

    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task Shifted_traffic_drifts_and_raises_an_alert_that_usual_traffic_resolves()
    {
        await _api.ServeCreditAsync("watched");
        await _api.PredictManyAsync("watched", CreditSample.Usual.Take(2 * Settings.WindowRows));
        var usual = await UntilWindowsAsync("watched", 2);
        Assert.All(usual, window => Assert.False((bool?)window!["drift"]!["drifted"]));

        await _api.PredictManyAsync("watched", CreditSample.Shifted.Take(2 * Settings.WindowRows));
        var drifted = (await UntilWindowsAsync("watched", 4))[3]!;
        var names = drifted["drift"]!["features"]!.AsArray().Where(feature => (bool?)feature!["drifted"] is true).Select(feature => (string?)feature!["name"]);
        Assert.Superset(new HashSet<string?> { "age", "credit_amount" }, names.ToHashSet());
        var alert = await UntilAlertAsync("watched", "active");
        Assert.Equal("data-drift", (string?)alert["ruleId"]);
        Assert.NotEmpty((string?)alert["summary"] ?? "");

        for (var round = 0; round < 4; round++) await _api.PredictManyAsync("watched", CreditSample.Usual.Take(Settings.WindowRows));
        var resolved = await UntilAlertAsync("watched", "resolved");
        Assert.Equal((string?)alert["id"], (string?)resolved["id"]);
    }

    [Fact]
    public async Task Labels_that_come_later_measure_what_the_model_was_worth()
    {
        await _api.ServeCreditAsync("labelled");
        var rows = CreditSample.Usual.Take(Settings.WindowRows).ToList();
        var predictions = await _api.PredictManyAsync("labelled", rows);
        await UntilWindowsAsync("labelled", 1);

        var labels = predictions.Zip(rows, (prediction, row) => new JsonObject { ["predictionId"] = prediction.Id, ["label"] = row.Label });
        var taken = await _api.PostAsync("/v1/models/labelled/ground-truth",
            new JsonArray([.. labels, new JsonObject { ["predictionId"] = "never", ["label"] = "bad" }])).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal($$"""{"accepted":{{rows.Count}},"unknown":1}""", taken.ToJsonString());

        var correct = predictions.Zip(rows, (prediction, row) => (prediction.Bad >= Threshold) == (row.Label == "bad")).Count(right => right);
        var performance = await Eventually.ValueAsync(
            async () => (await WindowsAsync("labelled"))[0]!["performance"] is { } report && (double?)report["labelCoverage"] == 1 ? report : null,
            "every label has been joined", Patience);
        Assert.Equal((double)correct / rows.Count, (double)performance["realised"]!["accuracy"]!, 9);
    }

    [Fact]
    public async Task Two_samples_can_be_compared_without_a_model()
    {
        var answer = await _api.PostAsync("/v1/analyses/drift", JsonNode.Parse("""
            {"features":[{"name":"age","kind":"numerical","reference":[31,42,55,38,47,29],"current":[21,22,19,24,23,20]}],"tests":["ks"]}
            """)!).JsonAsync();
        var test = Assert.Single(answer["features"]![0]!["tests"]!.AsArray())!;
        Assert.Equal("ks", (string?)test["test"]);
        Assert.Equal(1, (double)test["statistic"]!, 12);
        Assert.Equal(2.0 / 924, (double)test["pValue"]!, 9);
        Assert.True((bool?)answer["drifted"]);
    }

    private async Task<JsonArray> WindowsAsync(string model) => (await _api.ReadAsync($"/v1/models/{model}/monitoring"))["windows"]!.AsArray();

    private Task<JsonArray> UntilWindowsAsync(string model, int count) => Eventually.ValueAsync(
        async () => await WindowsAsync(model) is { } windows && windows.Count >= count ? windows : null, $"{count} windows of {model} are closed", Patience);

    private Task<JsonNode> UntilAlertAsync(string model, string state) => Eventually.ValueAsync(
        async () => (await _api.ReadAsync("/v1/alerts"))["items"]!.AsArray().FirstOrDefault(alert =>
            (string?)alert!["model"] == model && (string?)alert["ruleId"] == "data-drift" && (string?)alert["state"] == state),
        $"a drift alert of {model} is {state}", Patience);
}
