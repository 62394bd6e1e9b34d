using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Explainer.Tests;
using Platform.Hosting.Documents;
using Platform.Integration.Tests.Documents;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Integration.Tests.Replicas;

/// <summary>Two explainers on one database, each of which computes one explanation at a time.</summary>
[Collection(ServersCollection.Name)]
public sealed class ExplanationLeaseTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Body =
        """{"mode":"async","inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}],"background":[[0,0,0]]}""";

    private const string EndlessBody =
        """{"mode":"async","inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}],"background":[[0]]}""";

    private readonly TestDatabase _database = new(postgres);
    private StubRegistry _registry = null!;
    private ServiceProcess _one = null!;
    private ServiceProcess _two = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        _registry.Add("linear", TinyModels.Linear().ToArray());
        _registry.Add("endless", TinyModels.Endless().ToArray());
        KeyValuePair<string, string?>[] settings =
        [
            new("Registry:Address", _registry.Address.ToString()), new("Registry:Patience", "00:01:00"), // which is let wait here
            new("Explainer:JobLease", "00:00:05"), new("Explainer:JobConcurrency", "1"), .. _database.Settings,
        ];
        (_one, _two) = (new ServiceProcess("Platform.Explainer", settings), new ServiceProcess("Platform.Explainer", settings));
    }

    public async Task DisposeAsync()
    {
        _one.Dispose();
        _two.Dispose();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task What_a_killed_explainer_computed_is_taken_over_when_its_lease_has_ended_and_not_before()
    {
        var (begun, goOn) = (0, new TaskCompletionSource());
        _registry.BeforeArtifact = () =>
        {
            Interlocked.Increment(ref begun);
            return goOn.Task;
        };
        await _one.StartAsync();
        var explanation = await AcceptedAsync(_one, "linear", Body);
        await Eventually.TrueAsync(() => Volatile.Read(ref begun) == 1, "it is begun");
        await _two.StartAsync();
        await TwiceItsLeaseAsync(explanation);
        Assert.Equal(1, begun);

        _one.Kill();
        await Eventually.TrueAsync(() => Volatile.Read(ref begun) == 2, "it is taken over", Eventually.Patience);
        goOn.SetResult();

        await FinishedAsync(_two, explanation);
        await using var store = _database.Open("explainer");
        Assert.Equal(2, (await DocumentAsync(store, explanation)).GetProperty("attempts").GetInt32());
        Assert.Single(await store.ReadEventsAsync(0, 100, default));
    }

    [Fact]
    public async Task An_explanation_that_is_cancelled_at_one_replica_ends_at_the_other()
    {
        await _one.StartAsync();
        var explanation = await AcceptedAsync(_one, "endless", EndlessBody);
        await Eventually.TrueAsync(async () => (string?)JsonNode.Parse(await _one.Http.GetStringAsync(explanation))!["state"] == "running", "it is running");
        await _two.StartAsync();

        using (var cancelled = await _two.Http.DeleteAsync(explanation)) Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        _two.Kill();

        await FinishedAsync(_one, await AcceptedAsync(_one, "linear", Body)); // its one place is free again
        using var answer = await _one.Http.GetAsync(explanation);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    /// <summary>Until the process that computes it has noted long after its beginning that it is alive.</summary>
    private async Task TwiceItsLeaseAsync(string explanation)
    {
        await using var store = _database.Open("explainer");
        var worker = (await DocumentAsync(store, explanation)).GetProperty("worker").GetString()!;
        var since = DateTimeOffset.UtcNow;
        await Eventually.TrueAsync(
            async () => (await store.GetAsync<JsonElement>("explanation-workers", worker, default))!.Value.GetProperty("at").GetDateTimeOffset() > since.AddSeconds(10),
            "it is alive after twice its lease", Eventually.Patience);
    }

    private static async Task<JsonElement> DocumentAsync(IDocumentStore store, string explanation) =>
        (await store.GetAsync<JsonElement>("explanations", explanation.Split('/')[^1], default))!.Value;

    private static async Task<string> AcceptedAsync(ServiceProcess explainer, string model, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var accepted = await explainer.Http.PostAsync($"/v1/models/{model}/explanations", content);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        return accepted.Headers.Location!.ToString();
    }

    private static Task FinishedAsync(ServiceProcess explainer, string explanation) => Eventually.TrueAsync(
        async () => (await explainer.Http.GetAsync(explanation)).StatusCode == HttpStatusCode.OK, $"{explanation} is finished", Eventually.Patience);
}
