using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Index;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Inspection;

public sealed class PredictionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-11-20T09:30:00Z");

    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        _registry.Deploy(Credit.Version(change: metadata => metadata with
        {
            Logging = new() { Redact = [new() { Feature = "amount", As = "drop" }, new() { Feature = "owner", As = "hash" }] },
        }), []);
        _monitor = await MonitorHost.StartAsync(_registry);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task A_prediction_is_shown_with_its_request_by_feature_name_its_answer_and_where_it_went()
    {
        var record = Credit.Named(Credit.Prediction("p", [20, 3000, 1, 0], Morning));
        _monitor.Log(record with { Data = record.Data with { RequestId = "r", TraceId = "t", Route = "challenger" } });

        var shown = await PredictionAsync("p");

        Assert.Equal(("credit", "1", "challenger", "r", "t"), (
            (string?)shown["model"], (string?)shown["version"], (string?)shown["route"], (string?)shown["requestId"], (string?)shown["traceId"]));
        Assert.Equal(Morning, DateTimeOffset.Parse((string)shown["time"]!));
        Assert.Equal(1.0, (double)shown["latencyMs"]!);
        Assert.Equal("/v1/models/credit/versions/1/lineage", (string?)shown["links"]!["lineage"]);
        var row = Assert.Single(shown["rows"]!.AsArray())!;
        Assert.Equal("""{"age":20,"amount":3000,"purpose":"tv","owner":0}""", row["features"]!.ToJsonString());
        Assert.Equal(("p", "bad", null), ((string?)row["predictionId"], (string?)row["class"], row["label"]));
        Assert.Equal(Credit.Score([20]), (double)row["score"]!, 6);
        Assert.Equal(2, row["outputs"]!["probabilities"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_request_of_several_rows_is_shown_whole_and_row_by_row()
    {
        _monitor.Log(Credit.Named(Credit.Prediction("p", [[20, 3000, 1, 0], [60, 1000, 0, 1]])));

        Assert.Equal(["p:0", "p:1"], (await PredictionAsync("p"))["rows"]!.AsArray().Select(row => (string?)row!["predictionId"]));
        var second = await PredictionAsync("p:1");
        Assert.Equal("p:1", (string?)second["id"]);
        Assert.Equal((60, "good"), ((int)second["rows"]![0]!["features"]!["age"]!, (string?)second["rows"]![0]!["class"]));
        await RefusedAsync(_monitor.Http.GetAsync("/v1/predictions/p:2"), HttpStatusCode.NotFound, "monitor.prediction_row_not_found");
    }

    [Fact]
    public async Task Of_many_rows_the_first_are_shown_with_their_number_and_each_by_its_own_id()
    {
        _monitor.Log(Credit.Named(Credit.Prediction("many", [.. Enumerable.Range(0, 150).Select(at => new double?[] { at, 3000, 1, 0 })])));

        var shown = await PredictionAsync("many");

        Assert.Equal(150, (int)shown["rowCount"]!);
        Assert.Equal(Enumerable.Range(0, 100).Select(at => $"many:{at}"), shown["rows"]!.AsArray().Select(row => (string)row!["predictionId"]!));
        Assert.Equal(149, (int)(await PredictionAsync("many:149"))["rows"]![0]!["features"]!["age"]!);
    }

    [Fact]
    public async Task An_id_may_hold_a_slash()
    {
        _monitor.Log(Credit.Prediction("orders/17", [[20, 3000, 1, 0], [60, 1000, 0, 1]]));

        Assert.Equal("orders/17:1", (string?)(await PredictionAsync("orders%2F17:1"))["id"]);
        await _monitor.Http.PostAsync("/v1/predictions/orders%2F17:1/feedback", Json("""{"verdict":"disagree"}""")).JsonAsync(HttpStatusCode.Accepted);
        await _monitor.Http.PostAsync("/v1/review-queue/orders%2f17:1", Json("""{"label":"bad"}""")).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal("bad", (string?)(await PredictionAsync("orders%2F17"))["rows"]![1]!["label"]!["label"]);
    }

    [Fact]
    public async Task A_record_that_is_none_cannot_be_shown_and_is_passed_over_in_a_search()
    {
        _monitor.Log(Credit.Prediction("p", [20, 3000, 1, 0]));
        _monitor.Log("""{"id":"foreign","subject":"credit","time":"2026-11-20T09:30:00Z","data":{"version":"1","rows":"many"}}"""u8);

        await RefusedAsync(_monitor.Http.GetAsync("/v1/predictions/foreign"), HttpStatusCode.UnprocessableEntity, "monitor.prediction_unreadable");
        Assert.Equal("p", (string?)Assert.Single((await _monitor.Http.GetAsync("/v1/predictions").JsonAsync())["items"]!.AsArray())!["id"]);
    }

    [Fact]
    public async Task The_only_row_of_a_request_has_two_names()
    {
        _monitor.Log(Credit.Prediction("p", [20, 3000, 1, 0]));

        Assert.Equal("p", (string?)(await PredictionAsync("p:0"))["rows"]![0]!["predictionId"]);
        Assert.Null((await PredictionAsync("p"))["rows"]![0]!["features"]); // logged without names
    }

    [Fact]
    public async Task Hidden_features_stay_hidden()
    {
        var record = Credit.Named(Credit.Prediction("p", [20, null, 1, 0]));
        var input = record.Data.Inputs[0] with { Data = Credit.Json(new object?[] { 20, null, 1, "a1:5f" }) };
        _monitor.Log(record with { Data = record.Data with { Inputs = [input] } });

        var shown = await PredictionAsync("p");

        Assert.Equal("""{"age":20,"amount":null,"purpose":"tv","owner":"a1:5f"}""", shown["rows"]![0]!["features"]!.ToJsonString());
        Assert.Equal(["amount", "owner"], shown["hidden"]!.AsArray().Select(hidden => (string?)hidden!["feature"]));
    }

    [Fact]
    public async Task A_prediction_without_an_answer_is_shown_with_the_reason()
    {
        _monitor.Log(Credit.Failure("p"));

        var shown = await PredictionAsync("p");

        Assert.Equal(("failed", "It did not work."), ((string?)shown["status"], (string?)shown["error"]));
        Assert.Empty(shown["rows"]!.AsArray());
    }

    [Fact]
    public async Task A_request_for_a_version_that_does_not_exist_is_shown_without_one()
    {
        _monitor.Log(Credit.Failure("p", PredictionStatus.Rejected, version: ""));

        var shown = await PredictionAsync("p");

        Assert.Equal(("", null), ((string?)shown["version"], shown["links"]!["version"]));
        Assert.Equal("p", (string?)(await _monitor.Http.GetAsync("/v1/predictions").JsonAsync())["items"]![0]!["id"]);
    }

    [Fact]
    public async Task A_label_is_shown_before_its_window_closes_and_after()
    {
        _monitor.Log(Credit.Prediction("p", [20, 3000, 1, 0]));
        await _monitor.Http.PostAsync("/v1/models/credit/ground-truth", Json("""{"predictionId":"p:0","label":"good","at":"2026-11-20T10:00:00Z"}""")).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal("good", (string?)(await PredictionAsync("p"))["rows"]![0]!["label"]!["label"]);
        for (var n = 0; n < 100; n++)
            _monitor.Log(Credit.Prediction($"other-{n}", [20, 3000, 1, 0]));
        await _monitor.WindowsAsync("credit", 1);

        Assert.Equal("2026-11-20T10:00:00+00:00", (string?)(await PredictionAsync("p"))["rows"]![0]!["label"]!["at"]);
    }

    [Fact]
    public async Task An_unknown_prediction_is_not_found_whatever_is_asked_of_it()
    {
        await using var monitor = await MonitorHost.StartAsync(_registry, null, ("Monitor:Predictions:PredictionPatience", "00:00:00.100"));
        var index = monitor.Services.GetRequiredService<PredictionIndex>();
        await Eventually.TrueAsync(() => index.IsBuilt, "an empty log has been read");

        await RefusedAsync(monitor.Http.GetAsync("/v1/predictions/nobody"), HttpStatusCode.NotFound, "monitor.prediction_not_found");
        await RefusedAsync(
            monitor.Http.PostAsync("/v1/predictions/nobody:1/feedback", Json("""{"verdict":"agree"}""")), HttpStatusCode.NotFound, "monitor.prediction_not_found");
        index.IsBuilt = false; // as at a start, while a long log is being read
        await RefusedAsync(monitor.Http.GetAsync("/v1/predictions/nobody"), HttpStatusCode.ServiceUnavailable, "monitor.predictions_unavailable");
    }

    [Fact]
    public async Task Of_a_record_that_the_log_has_dropped_that_is_said()
    {
        _monitor.Log(Credit.Prediction("p", [20, 3000, 1, 0]));
        await PredictionAsync("p");
        _monitor.Services.GetRequiredService<PredictionIndex>().Add(
            [PredictionLogEntry.Read(new("999999999"), """{"id":"gone","subject":"credit"}"""u8.ToArray())], LogPosition.Beginning);

        await RefusedAsync(_monitor.Http.GetAsync("/v1/predictions/gone"), HttpStatusCode.Gone, "monitor.prediction_dropped");
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> asked, HttpStatusCode status, string code)
    {
        using var answer = await asked;
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]);
    }

    private Task<JsonNode> PredictionAsync(string id) => _monitor.Http.GetAsync($"/v1/predictions/{id}").JsonAsync();

    private static StringContent Json(string json) => new(json, System.Text.Encoding.UTF8, "application/json");
}
