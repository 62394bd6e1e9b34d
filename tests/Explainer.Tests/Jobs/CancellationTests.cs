using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Explainer;
using Platform.Explainer.Jobs;
using Platform.Hosting;
using Platform.Hosting.Documents;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Jobs;

/// <summary>One explanation is computed at a time here, and the endless one until it is cancelled.</summary>
public sealed class CancellationTests : IAsyncLifetime
{
    private const string Body =
        """{"mode":"async","inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}],"background":[[0,0,0]]}""";

    private const string EndlessBody =
        """{"mode":"async","inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}],"background":[[0]]}""";

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync()
    {
        _explainer = await ExplainerHost.StartAsync();
        _explainer.Registry.Add("linear", TinyModels.Linear().ToArray());
        _explainer.Registry.Add("endless", TinyModels.Endless().ToArray());
    }

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Fact]
    public async Task A_queued_explanation_is_cancelled_and_never_computed()
    {
        var running = await AcceptedAsync("endless", EndlessBody);
        await StateAsync(running, "running");
        var queued = await AcceptedAsync("linear", Body);

        var cancelled = await Http.DeleteAsync(queued).JsonAsync();
        await Http.DeleteAsync(running).JsonAsync();
        await FinishedAsync(await AcceptedAsync("linear", Body));

        Assert.Equal("cancelled", (string?)cancelled["state"]);
        Assert.Equal(0, (await RecordAsync(queued)).Attempts);
        await Http.GetAsync(queued).ProblemAsync(HttpStatusCode.Conflict, "explainer.explanation_cancelled");
        var failed = (await EventsAsync()).Where(ended => ended.ExplanationId == IdOf(queued)).ToList();
        Assert.Equal("explainer.explanation_cancelled", Assert.Single(failed).Code);
    }

    [Fact]
    public async Task A_running_explanation_is_cancelled_and_gives_its_place_back()
    {
        var running = await AcceptedAsync("endless", EndlessBody);
        await StateAsync(running, "running");

        await Http.DeleteAsync(running).JsonAsync();
        await FinishedAsync(await AcceptedAsync("linear", Body)); // at the only place, which is free once nothing is computed at it any more (PlaceTests)

        using var answer = await Http.GetAsync(running);
        var problem = await Task.FromResult(answer).JsonAsync(HttpStatusCode.Conflict);
        Assert.Equal(("cancelled", "explainer.explanation_cancelled"), ((string?)problem["state"], (string?)problem["code"]));
        Assert.Null((await RecordAsync(running)).Request); // it may hold personal data
    }

    [Fact]
    public async Task Cancelling_again_changes_nothing_and_a_finished_explanation_cannot_be_cancelled()
    {
        var finished = await AcceptedAsync("linear", Body);
        await FinishedAsync(finished);
        var running = await AcceptedAsync("endless", EndlessBody);

        var first = await Http.DeleteAsync(running).JsonAsync();
        var second = await Http.DeleteAsync(running).JsonAsync();

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        await Http.DeleteAsync(finished).ProblemAsync(HttpStatusCode.Conflict, "explainer.explanation_finished");
        await Http.DeleteAsync("/v1/explanations/nothing").ProblemAsync(HttpStatusCode.NotFound, "explainer.explanation_not_found");
    }

    private HttpClient Http => _explainer.Http;

    private async Task<string> AcceptedAsync(string model, string body)
    {
        using var accepted = await _explainer.PostAsync(model, body);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        return accepted.Headers.Location!.ToString();
    }

    private Task StateAsync(string location, string state) => Eventually.TrueAsync(
        async () => (string?)JsonNode.Parse(await Http.GetStringAsync(location))!["state"] == state, $"{location} is {state}");

    private Task FinishedAsync(string location) => Eventually.TrueAsync(
        async () => (await Http.GetAsync(location)).StatusCode == HttpStatusCode.OK, $"{location} is finished");

    private static string IdOf(string location) => location.Split('/')[^1];

    private async Task<ExplanationRecord> RecordAsync(string location) =>
        (await _explainer.Host.App.Services.GetRequiredService<ExplanationStore>().FindAsync(IdOf(location), default))!.Value;

    private async Task<IEnumerable<ExplanationFailed>> EventsAsync() =>
        (await _explainer.Host.App.Services.GetRequiredKeyedService<IDocumentStore>(ExplainerService.Name).ReadEventsAsync(0, 100, default))
        .Where(stored => stored.Type == "explainer.explanation-failed.v1")
        .Select(stored => stored.Data.Deserialize<ExplanationFailed>(PlatformJson.Tolerant)!);
}
