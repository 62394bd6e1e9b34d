using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Loop;

public abstract class ExplanationTests(RunningPlatform platform)
{
    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task A_prediction_is_explained_by_its_id_and_the_parts_add_up_to_what_was_answered()
    {
        await _api.ServeCreditAsync("explained");
        using var response = await _api.InferAsync("explained", CreditSample.Usual[5]);
        var answered = (await Task.FromResult(response).JsonAsync())["outputs"]![0]!["data"]!.AsArray().Select(value => (double)value!).ToList();
        var id = response.Headers.GetValues("x-prediction-id").Single();

        var explanation = await _api.PostAsync("/v1/models/explained/explanations",
            new JsonObject { ["predictionId"] = id, ["method"] = "permutation", ["seed"] = 1, ["budget"] = 512 }).JsonAsync();

        var row = Assert.Single(explanation["rows"]!.AsArray())!;
        for (var output = 0; output < 2; output++) Assert.Equal(answered[output], (double)row["prediction"]![output]!, 5);
        AssertAddsUp(explanation);
        Assert.Equal(CreditSample.Width, row["attributions"]!.AsArray().Count);
        Assert.Equal("age", (string?)explanation["features"]![12]);
    }

    [Fact]
    public async Task What_would_change_a_decision_does_so_when_it_is_predicted()
    {
        await _api.ServeCreditAsync("turned");
        var explanation = await _api.PostAsync("/v1/models/turned/explanations", new JsonObject
        {
            ["inputs"] = new JsonArray(PlatformApi.Tensor([CreditSample.Usual[5]])), ["method"] = "counterfactual", ["counterfactual"] = new JsonObject { ["immutable"] = new JsonArray("age") },
        }).JsonAsync();

        var row = explanation["rows"]![0]!;
        var found = row["counterfactuals"]!.AsArray();
        Assert.NotEmpty(found);
        var rows = found.Select(one => (JsonNode)new JsonObject(
            explanation["features"]!.AsArray().Zip(one!["values"]!.AsArray(), (name, value) => KeyValuePair.Create((string)name!, value?.DeepClone()))));
        var predicted = await _api.PostAsync("/v1/models/turned/predictions", new JsonObject { ["rows"] = new JsonArray([.. rows]) }).JsonAsync();
        Assert.Equal(found.Select(one => (string?)one!["decision"]!["class"]), predicted["rows"]!.AsArray().Select(one => (string?)one!["class"]));
        Assert.All(found, one => Assert.NotEqual((string?)row["decision"]!["class"], (string?)one!["decision"]!["class"]));
    }

    [Fact]
    public async Task Given_inputs_are_explained_and_the_explanation_can_be_read_again()
    {
        await _api.ServeCreditAsync("given");
        var request = new JsonObject { ["inputs"] = new JsonArray(PlatformApi.Tensor([CreditSample.Usual[7], CreditSample.Shifted[0]])), ["seed"] = 7 };
        var explanation = await _api.PostAsync("/v1/models/given/explanations", request).JsonAsync();
        Assert.Equal(2, explanation["rows"]!.AsArray().Count);
        AssertAddsUp(explanation);
        var again = await _api.ReadAsync($"/v1/explanations/{(string?)explanation["id"]}");
        Assert.Equal(explanation["rows"]!.ToJsonString(), again["rows"]!.ToJsonString());
    }

    [Fact]
    public async Task A_prediction_that_never_was_cannot_be_explained()
    {
        await _api.ServeCreditAsync("unexplained");
        using var answer = await _api.PostAsync("/v1/models/unexplained/explanations", new JsonObject { ["predictionId"] = "never" });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    /// <summary>base + Σ attributions + residual = prediction, for every row and output.</summary>
    private static void AssertAddsUp(JsonNode explanation)
    {
        foreach (var row in explanation["rows"]!.AsArray())
        {
            var residual = (double)row!["residual"]!;
            Assert.InRange(Math.Abs(residual), 0, 1e-4);
            for (var output = 0; output < explanation["outputNames"]!.AsArray().Count; output++)
            {
                var sum = (double)row["base"]![output]! + row["attributions"]!.AsArray().Sum(feature => (double)feature![output]!);
                Assert.InRange(sum - (double)row["prediction"]![output]!, -Math.Abs(residual) - 1e-6, Math.Abs(residual) + 1e-6);
            }
        }
    }
}
