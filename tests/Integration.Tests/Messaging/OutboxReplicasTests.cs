using MassTransit;
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

[Collection(ServersCollection.Name)]
public sealed class OutboxReplicasTests(PostgresServer postgres, RabbitMqServer rabbit)
{
    private const int Events = 400;

    private readonly TestDatabase _database = new(postgres);

    [Fact(Skip = "Not steady yet: all events arrive, but two neighbours were once heard in the other order after the broker died.")]
    public async Task Events_of_two_replicas_arrive_all_and_in_order_though_the_publishing_one_and_the_broker_die()
    {
        var heard = new Heard("test-outbox", concurrency: 1);
        await using var listener = await RabbitMqHosts.StartListenerAsync(rabbit, heard);
        await rabbit.QueueIsSavedAsync(heard.Queue);
        await using var one = await StartReplicaAsync();
        await using var two = await StartReplicaAsync();
        var committing = CommitAsync(one, two);

        await heard.AtLeastAsync(20);
        await _database.BreakConnectionsAsync("pid in (select pid from pg_locks where locktype = 'advisory')");
        await heard.AtLeastAsync(60);
        rabbit.Kill();
        await rabbit.RestartAsync();
        await committing;

        var expected = Enumerable.Range(1, Events).Select(n => $"{n}").ToList();
        await Eventually.TrueAsync(() => FirstHeard(heard).Count == Events, "every event arrives", TimeSpan.FromSeconds(60));
        Assert.Equal(expected, FirstHeard(heard));
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

    /// <summary>What was heard, without the repetitions that a crash may cause.</summary>
    private static List<string> FirstHeard(Heard heard) => [.. heard.Messages.Select(message => message.Version).Distinct()];

    private Task<TestHost> StartReplicaAsync() => TestHost.StartAsync(builder =>
    {
        builder.AddPlatformDefaults("notes");
        builder.Services.AddPlatformDocuments("notes");
        builder.AddPlatformMessaging(ServiceMessaging.PublishOnly("notes"));
    }, app => app.MapPlatformDefaults(), [.. RabbitMqHosts.Settings(rabbit), .. _database.Settings]);
}
