using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Integration.Tests.Documents;
using Platform.Integration.Tests.Messaging;
using Platform.Integration.Tests.Servers;
using Platform.Registry.Tests;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Integration.Tests.Replicas;

/// <summary>Two registries on one database and one folder of artifacts.</summary>
[Collection(ServersCollection.Name)]
public sealed class RegistryReplicasTests(PostgresServer postgres, RabbitMqServer rabbit)
{
    private const int Versions = 4;
    private const int Promotions = 24;

    private readonly TestDatabase _database = new(postgres);

    [Fact]
    public async Task Of_two_replicas_that_promote_at_once_every_promotion_has_its_place_and_its_event()
    {
        using var artifacts = new TemporaryFolder();
        using var one = new ServiceProcess("Platform.Registry", Settings(artifacts));
        using var two = new ServiceProcess("Platform.Registry", Settings(artifacts));
        await Task.WhenAll(one.StartAsync(), two.StartAsync());
        await one.Http.PostAsJsonAsync("/v1/models", new { name = "credit" }).JsonAsync(HttpStatusCode.Created);
        for (var weight = 1; weight <= Versions; weight++)
            await one.Http.PostAsync("/v1/models/credit/versions", new UploadBody { Model = TinyModels.Linear(weight).ToArray() }.ToContent())
                .JsonAsync(HttpStatusCode.Created);

        await Task.WhenAll(Enumerable.Range(0, Promotions).Select(n => PromoteAsync(n % 2 == 0 ? one : two, $"{n % Versions + 1}")));

        // Each follows the one that its entry names, whichever replica it came to, and the events tell the same story.
        var history = (await ItemsAsync(two, "/v1/models/credit/history?limit=200")).Where(entry => (string?)entry["action"] == "promoted").Reverse().ToList();
        var chain = history.ConvertAll(entry => (string)entry["version"]!);
        Assert.Equal(Promotions, chain.Count);
        Assert.Equal(chain.SkipLast(1).Prepend(null), history.Select(entry => (string?)entry["previousVersion"]));
        Assert.Equal(chain, await EventsAsync());
        foreach (var replica in new[] { one, two })
            Assert.Equal(chain[^1], (string?)(await replica.Http.GetAsync("/v1/models/credit").JsonAsync())["aliases"]!["champion"]);
    }

    private static Task<JsonNode> PromoteAsync(ServiceProcess replica, string version) =>
        replica.Http.PostAsJsonAsync("/v1/models/credit/promotions", new { version }).JsonAsync();

    private static async Task<IEnumerable<JsonNode>> ItemsAsync(ServiceProcess replica, string path) =>
        (await replica.Http.GetAsync(path).JsonAsync())["items"]!.AsArray()!;

    private async Task<IEnumerable<string>> EventsAsync()
    {
        await using var store = _database.Open(service: "registry");
        var events = await store.ReadEventsAsync(0, 1000, CancellationToken.None);
        return [.. events.Where(said => said.Type == "registry.model-promoted.v1").Select(said => said.Data.GetProperty("version").GetString()!)];
    }

    private IEnumerable<KeyValuePair<string, string?>> Settings(TemporaryFolder artifacts) =>
    [
        .. _database.Settings, .. RabbitMqHosts.Settings(rabbit), new("Storage:Directory", artifacts.Path),
        new("Registry:Sessions:Timeout", "00:05:00"), // each promotion tries the model out in a process of its own
    ];
}
