using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Hosting.Defaults;
using Platform.Hosting.Documents;
using Platform.Hosting.Messaging;
using Platform.Integration.Tests.Documents;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Messaging;

[Collection(MessagingServers.Name)]
public sealed class OutboxReplicasTests(PostgresServer postgres, RabbitMqServer rabbit)
{
    private const string Queue = "test-outbox";
    private const int Events = 400;
    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly TestDatabase _database = new(postgres);

    /// <summary>
    /// What is guaranteed is the order in which a queue gets events, each at its first occurrence: what a crash repeats comes
    /// again behind what it repeats. A consumer that takes several at a time, or several consumers, may be done in another order.
    /// </summary>
    [Fact]
    public async Task A_queue_gets_the_events_of_two_replicas_all_and_in_order_though_the_publishing_one_and_the_broker_die()
    {
        await KeepAsync();
        await using var one = await StartReplicaAsync();
        await using var two = await StartReplicaAsync();
        var committing = CommitAsync(one, two);

        await ArrivedAsync(20);
        await _database.BreakConnectionsAsync("pid in (select pid from pg_locks where locktype = 'advisory')");
        await ArrivedAsync(60);
        rabbit.Kill();
        await rabbit.RestartAsync();
        await committing;

        var heard = new List<string>();
        await Eventually.TrueAsync(async () =>
        {
            heard.AddRange(await TakeAllAsync());
            return heard.Contains($"{Events}");
        }, "the last event arrives", Patience);
        Assert.Equal(Enumerable.Range(1, Events).Select(n => $"{n}"), heard.Distinct());
    }

    private async Task KeepAsync()
    {
        await using var client = await PlainClient.ConnectAsync(rabbit);
        await client.KeepAsync(Queue, "registry.model-promoted.v1");
        await rabbit.QueueIsSavedAsync(Queue);
    }

    private async Task ArrivedAsync(int count)
    {
        await using var client = await PlainClient.ConnectAsync(rabbit);
        await Eventually.TrueAsync(async () => await client.CountAsync(Queue) >= count, $"{count} events arrive", Patience);
    }

    private async Task<IEnumerable<string>> TakeAllAsync()
    {
        await using var client = await PlainClient.ConnectAsync(rabbit);
        var messages = await client.TakeAllAsync(Queue);
        return messages.Select(message => (string)JsonNode.Parse(message.Body.Span)!["version"]!);
    }

    /// <summary>One after the other, so that the order in which they were committed is known.</summary>
    private static async Task CommitAsync(TestHost one, TestHost two)
    {
        for (var n = 1; n <= Events; n++)
        {
            var store = (n % 2 == 0 ? one : two).App.Services.GetRequiredKeyedService<IDocumentStore>("notes");
            var batch = new DocumentBatch().Put("notes", "last", n, null).Publish("m", new ModelPromoted { Model = "m", Version = $"{n}" });
            Assert.Null(await store.CommitAsync(batch, CancellationToken.None));
        }
    }

    private Task<TestHost> StartReplicaAsync() => TestHost.StartAsync(builder =>
    {
        builder.AddPlatformDefaults("notes");
        builder.Services.AddPlatformDocuments("notes");
        builder.AddPlatformMessaging(ServiceMessaging.PublishOnly("notes"));
    }, app => app.MapPlatformDefaults(), [.. RabbitMqHosts.Settings(rabbit), .. _database.Settings]);
}
