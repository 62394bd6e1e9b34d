using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Loop;

/// <summary>Calls by feature name over the whole platform; inference's own tests hold their details.</summary>
public abstract class ByNameTests(RunningPlatform platform)
{
    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task A_call_by_name_answers_as_one_with_tensors_and_its_ids_are_good_for_labels_and_explanations()
    {
        await _api.ServeCreditAsync("byname");
        var tensors = await _api.InferAsync("byname", CreditSample.Usual[0], CreditSample.Usual[1]).JsonAsync();
        var named = await _api.PostAsync("/v1/models/byname/predictions", Body(CreditSample.Usual[0], CreditSample.Usual[1])).JsonAsync();

        var rows = named["rows"]!.AsArray();
        Assert.Equal(("byname", "1", 2), ((string?)named["model"], (string?)named["version"], rows.Count));
        Assert.Equal(tensors["outputs"]![0]!["data"]!.AsArray().Select(value => (double)value!),
            rows.SelectMany(row => row!["outputs"]!["probabilities"]!.AsArray()).Select(value => (double)value!), (one, other) => Math.Abs(one - other) < 1e-6);
        Assert.All(rows, row => Assert.Equal(
            (double)row!["outputs"]!["probabilities"]![(string?)row["class"] == "good" ? 0 : 1]!, (double)row["score"]!));

        var id = (string)rows[1]!["predictionId"]!;
        await Eventually.TrueAsync(async () => await IsKnownAsync(id), $"a label for {id} is taken");
        await Eventually.TrueAsync(async () => await IsExplainedAsync(id), $"{id} can be explained");
    }

    [Fact]
    public async Task A_job_takes_the_same_body()
    {
        await _api.ServeCreditAsync("bynamejob");
        var receipt = await _api.PostAsync("/v1/models/bynamejob/jobs", Body(CreditSample.Usual[2])).JsonAsync(HttpStatusCode.Accepted);

        var job = await Eventually.ValueAsync(async () => await _api.ReadAsync($"/v1/jobs/{receipt["id"]}") is var read && (string?)read["state"] == "succeeded" ? read : null,
            "the job succeeds");

        Assert.Equal($"{receipt["id"]}:0", (string?)job["result"]!["rows"]![0]!["predictionId"]);
    }

    private async Task<bool> IsKnownAsync(string id)
    {
        var body = new JsonArray(new JsonObject { ["predictionId"] = id, ["label"] = "good" });
        return (int)(await _api.PostAsync("/v1/models/byname/ground-truth", body).JsonAsync(HttpStatusCode.Accepted))["accepted"]! == 1;
    }

    private async Task<bool> IsExplainedAsync(string id)
    {
        using var answer = await _api.PostAsync("/v1/models/byname/explanations", new JsonObject { ["predictionId"] = id });
        return answer.IsSuccessStatusCode;
    }

    private static JsonObject Body(params CreditRow[] rows) => new() { ["rows"] = new JsonArray([.. rows.Select(Named)]) };

    /// <summary>The applicant with every feature under its name, and every category, too.</summary>
    private static JsonObject Named(CreditRow row)
    {
        var features = JsonNode.Parse(File.ReadAllText(Repository.PathOf("samples", "credit", "v1", "metadata.json")))!["features"]!.AsArray();
        return new(features.Zip(row.Features).Reverse().Select(pair => KeyValuePair.Create((string)pair.First!["name"]!,
            pair.First["categories"] is { } names ? names[(int)pair.Second]!.DeepClone() : (JsonNode?)JsonValue.Create(pair.Second))));
    }
}
