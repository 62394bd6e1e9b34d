using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Loop;

/// <summary>Single predictions over the whole platform; the monitor's own tests hold their details.</summary>
public abstract class SinglePredictionTests(RunningPlatform platform)
{
    private readonly PlatformApi _api = platform.Api;
    private readonly bool _hasOneLog = platform is StandalonePlatform;

    [Fact]
    public async Task A_prediction_is_shown_under_its_id_with_what_people_say_of_it()
    {
        await _api.ServeCreditAsync("single");
        using var answer = await _api.InferAsync("single", CreditSample.Usual[0], CreditSample.Usual[1]);
        var id = answer.Headers.GetValues("x-prediction-id").Single();

        var shown = await _api.ReadAsync($"/v1/predictions/{id}:1");
        await _api.PostAsync($"/v1/predictions/{id}:1/feedback", new JsonObject { ["verdict"] = "disagree", ["label"] = "good" }).JsonAsync(HttpStatusCode.Accepted);
        var judged = (await _api.ReadAsync($"/v1/predictions/{id}"))["rows"]![1]!;

        Assert.Equal(("single", "1", "champion"), ((string?)shown["model"], (string?)shown["version"], (string?)shown["route"]));
        var row = Assert.Single(shown["rows"]!.AsArray())!;
        Assert.Equal(CreditSample.Usual[1].Features[12], (double)row["features"]!["age"]!);
        Assert.Equal(20, row["features"]!.AsObject().Count);
        Assert.Equal(("disagree", "good"), ((string?)judged["feedback"]![0]!["verdict"], (string?)judged["label"]!["label"]));
        await _api.ReadAsync((string)shown["links"]!["lineage"]!);
    }

    [Fact]
    public async Task A_prediction_that_somebody_disagrees_with_waits_until_it_is_labelled()
    {
        await _api.ServeCreditAsync("reviewed");
        var id = (await _api.PredictManyAsync("reviewed", CreditSample.Usual.Take(1)))[0].Id;
        await _api.PostAsync($"/v1/predictions/{id}/feedback", new JsonObject { ["verdict"] = "disagree" }).JsonAsync(HttpStatusCode.Accepted);

        var waiting = (await _api.ReadAsync("/v1/review-queue?model=reviewed"))["items"]!.AsArray().Single(item => (string?)item!["id"] == id)!;
        await _api.PostAsync($"/v1/review-queue/{id}", new JsonObject { ["label"] = "good" }).JsonAsync(HttpStatusCode.Accepted);

        Assert.NotNull(waiting["prediction"]!["features"]!["age"]);
        Assert.DoesNotContain((await _api.ReadAsync("/v1/review-queue?model=reviewed"))["items"]!.AsArray(), item => (string?)item!["id"] == id);
    }

    [Fact]
    public async Task Predictions_are_searched_by_what_was_asked()
    {
        await _api.ServeCreditAsync("searched");
        var predictions = await _api.PredictManyAsync("searched", CreditSample.Usual.Take(30));
        // Each lies in a partition of its own, where there are partitions: that one is known says nothing of the others.
        foreach (var (id, _) in predictions) await _api.ReadAsync($"/v1/predictions/{id}");
        var age = CreditSample.Usual[3].Features[12];

        var found = await FoundAsync($"/v1/predictions?model=searched&where=age%3D{age}");

        var newestFirst = Enumerable.Range(0, 30).Where(n => CreditSample.Usual[n].Features[12] == age).Select(n => predictions[n].Id).Reverse();
        if (_hasOneLog) Assert.Equal(newestFirst, found);
        else Assert.Equal(newestFirst.Order(), found.Order()); // the partitions of a topic have no order among them
    }

    // A page ends after two seconds, with what it has found until then.
    private async Task<List<string>> FoundAsync(string query)
    {
        var found = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await _api.ReadAsync(query + after);
            found.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            after = (string?)page["next"] is { } next ? $"&after={Uri.EscapeDataString(next)}" : null;
        }
        return found;
    }
}
