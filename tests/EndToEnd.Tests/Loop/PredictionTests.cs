using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Loop;

/// <summary>The Open Inference Protocol v2 over the whole platform; inference's own tests hold its details.</summary>
public abstract class PredictionTests(RunningPlatform platform)
{
    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task A_prediction_names_its_version_and_can_be_referred_to()
    {
        await _api.ServeCreditAsync("predicted");
        using var response = await _api.InferAsync("predicted", CreditSample.Usual[0], CreditSample.Usual[1]);
        var answer = await Task.FromResult(response).JsonAsync();

        Assert.Equal("predicted", (string?)answer["model_name"]);
        Assert.Equal("1", (string?)answer["model_version"]);
        Assert.Equal("1", response.Headers.GetValues("x-model-version").Single());
        Assert.NotEmpty(response.Headers.GetValues("x-prediction-id").Single());
        Assert.NotEmpty(response.Headers.GetValues("x-request-id").Single());
        var output = Assert.Single(answer["outputs"]!.AsArray())!;
        Assert.Equal("[2,2]", output["shape"]!.ToJsonString());
        var probabilities = output["data"]!.AsArray().Select(value => (double)value!).ToList();
        Assert.Equal(1, probabilities[0] + probabilities[1], 5);
        Assert.Equal(1, probabilities[2] + probabilities[3], 5);
    }

    private string Key => _api.Http.DefaultRequestHeaders.Authorization is { } key ? $"Authorization: {key}\r\n" : "";

    [Fact]
    public async Task A_client_that_closes_its_sending_side_gets_its_answer()
    {
        await _api.ServeCreditAsync("halved");
        var body = PlatformApi.InferBody([CreditSample.Usual[0]]).ToJsonString();
        using var client = await BareClient.SendAsync(_api.Http.BaseAddress!,
            $"POST /v2/models/halved/infer HTTP/1.1\r\nHost: 127.0.0.1\r\n{Key}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await client.CloseSendingAsync();

        var answer = await client.ReadAsync();

        Assert.StartsWith("HTTP/1.1 200 OK", answer);
        Assert.Contains("probabilities", answer);
    }

    [Fact]
    public async Task Metadata_health_and_the_alias_answer_too()
    {
        await _api.ServeCreditAsync("met");
        var metadata = await _api.ReadAsync("/v2/models/met");
        Assert.Equal("input", (string?)metadata["inputs"]![0]!["name"]);
        Assert.Contains("1", metadata["versions"]!.AsArray().Select(version => (string?)version));
        foreach (var path in new[] { "/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/met/ready", "/v2/models/met/versions/1/ready" })
            await _api.GetAsync(path).JsonAsync();
        var body = PlatformApi.InferBody([CreditSample.Usual[0]]);
        foreach (var path in new[] { "/v2/models/met/versions/champion/infer", "/v2/models/met/versions/1/infer" })
            Assert.Equal("1", (string?)(await _api.PostAsync(path, body.DeepClone()).JsonAsync())["model_version"]);
    }

    [Fact]
    public async Task A_prediction_id_that_the_caller_brings_is_used()
    {
        await _api.ServeCreditAsync("brought");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/brought/infer")
        {
            Content = new StringContent(PlatformApi.InferBody([CreditSample.Usual[0]]).ToJsonString(), null, "application/json"),
        };
        request.Headers.Add("x-prediction-id", "order-4711");
        using var response = await _api.Http.SendAsync(request);
        Assert.Equal("order-4711", response.Headers.GetValues("x-prediction-id").Single());
    }

    [Theory]
    [InlineData("/v2/models/nobody/infer", """{"inputs":[]}""", HttpStatusCode.NotFound)]
    [InlineData("/v2/models/erring/versions/9/infer", """{"inputs":[]}""", HttpStatusCode.NotFound)]
    [InlineData("/v2/models/erring/infer", """{"inputs":""", HttpStatusCode.BadRequest)]
    [InlineData("/v2/models/erring/infer", """{"inputs":[]}""", HttpStatusCode.BadRequest)]
    [InlineData("/v2/models/erring/infer", """{"inputs":[{"name":"input","datatype":"FP32","shape":[1,20],"data":[1]}]}""", HttpStatusCode.BadRequest)]
    [InlineData("/v2/models/erring/infer", """{"inputs":[{"name":"inptu","datatype":"FP32","shape":[1],"data":[1]}]}""", HttpStatusCode.BadRequest)]
    [InlineData("/v2/models/erring/infer", """{"inputs":[{"name":"input","datatype":"BYTES","shape":[1,1],"data":["x"]}]}""", HttpStatusCode.BadRequest)]
    public async Task A_request_that_cannot_be_answered_is_told_so_in_the_protocols_form(string path, string body, HttpStatusCode expected)
    {
        using (var known = await _api.GetAsync("/v1/models/erring"))
            if (!known.IsSuccessStatusCode) await _api.ServeCreditAsync("erring");
        using var content = new StringContent(body, null, "application/json");
        var answer = await _api.Http.PostAsync(path, content).JsonAsync(expected);
        Assert.NotEmpty((string?)answer["error"] ?? "");
        Assert.Single(answer.AsObject());
    }

    [Fact]
    public async Task No_request_fails_while_versions_are_switched_and_every_answer_is_its_versions_own()
    {
        await _api.ServeCreditAsync("switched");
        var expected = await AnswersByVersionAsync("switched");
        var seen = new ConcurrentDictionary<string, bool>();
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(_ => CallUntilStoppedAsync("switched", expected, seen, stop.Token)).ToList();

        for (var round = 0; round < 5; round++)
        {
            await _api.PromoteAsync("switched", "2").JsonAsync();
            await _api.UntilServesAsync("switched", "2");
            await Eventually.TrueAsync(() => seen.ContainsKey("2"), "a caller was answered by version 2");
            await _api.PostAsync("/v1/models/switched/rollback", new JsonObject()).JsonAsync();
            await _api.UntilServesAsync("switched", "1");
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        Assert.Equal(["1", "2"], seen.Keys.Order(StringComparer.Ordinal));
    }

    private async Task<Dictionary<string, string>> AnswersByVersionAsync(string model)
    {
        var answers = new Dictionary<string, string>();
        foreach (var version in new[] { "1", "2" })
        {
            await _api.PromoteAsync(model, version).JsonAsync();
            await _api.UntilServesAsync(model, version);
            answers[version] = Data(await _api.InferAsync(model, CreditSample.Usual[3]).JsonAsync());
        }
        await _api.PromoteAsync(model, "1").JsonAsync();
        await _api.UntilServesAsync(model, "1");
        return answers;
    }

    private async Task CallUntilStoppedAsync(
        string model, Dictionary<string, string> expected, ConcurrentDictionary<string, bool> seen, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var answer = await _api.InferAsync(model, CreditSample.Usual[3]).JsonAsync();
            var version = (string)answer["model_version"]!;
            Assert.Equal(expected[version], Data(answer));
            seen[version] = true;
            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None); // the processor is for the ones under test
        }
    }

    private static string Data(JsonNode answer) => answer["outputs"]![0]!["data"]!.ToJsonString();
}
