using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Hosting.Defaults;
using Platform.Hosting.Documents;
using Platform.Hosting.Messaging;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Messaging;

/// <summary>Whatever somebody's queue does with the platform's events, everybody else gets them as if it were not there.</summary>
[Collection(MessagingServers.Name)]
public sealed class ForeignQueueTests(RabbitMqServer server) : IAsyncLifetime
{
    private const string Foreign = "somebodys-queue";
    private const string Other = "somebody-elses-queue";
    private const string Exchange = "registry.model-promoted.v1";
    private const int Events = 30;

    private readonly Heard _heard = new($"test-own-{Guid.NewGuid():n}");
    private PlainClient _client = null!;

    public async Task InitializeAsync() => _client = await PlainClient.ConnectAsync(server);

    public async Task DisposeAsync()
    {
        foreach (var queue in (string[])[Foreign, Other, _heard.Queue]) await _client.DeleteAsync(queue);
        await _client.DisposeAsync();
    }

    [Theory]
    [InlineData("quorum", Exchange)]
    [InlineData("classic", Exchange)]
    [InlineData("quorum", "platform.events")]
    public async Task A_full_queue_of_a_subscriber_that_refuses_events_holds_up_nobody_else(string kind, string exchange)
    {
        await _client.KeepAsync(Foreign, exchange, new() { ["x-queue-type"] = kind, ["x-max-length"] = 4, ["x-overflow"] = "reject-publish" });
        await _client.KeepAsync(Other, exchange);
        await using var host = await StartAsync();

        await CommitAsync(host, Events);

        await HeardAllAsync();
        await Eventually.TrueAsync(async () => await _client.CountAsync(Other) == Events, "the other subscriber has all", TimeSpan.FromSeconds(60));
        Assert.Equal(Numbers(Events), await VersionsAsync(Other));
        await PublishedAsync(host, Events);
        Assert.InRange(await _client.CountAsync(Foreign), 4u, Events / 2u); // a bound is looked at after a few
    }

    /// <summary>A queue whose process stands still stands for one whose leader hangs, or which has lost its majority.</summary>
    [Fact]
    public async Task A_queue_of_a_subscriber_that_hangs_holds_up_nobody_else()
    {
        await _client.KeepAsync(Foreign, Exchange, new() { ["x-queue-type"] = "classic" });
        await _client.KeepAsync(Other, Exchange);
        await using var host = await StartAsync();
        await EvalAsync("sys:suspend(Pid)");
        try
        {
            await CommitAsync(host, 5);

            await HeardAllAsync(5);
            await PublishedAsync(host, 5);
            Assert.Equal(Numbers(5), (await VersionsAsync(Other)).Distinct());
        }
        finally
        {
            await EvalAsync("sys:resume(Pid)");
        }

        await Eventually.TrueAsync(async () => (await VersionsAsync(Foreign)).Contains("5"), "and it gets what it was handed", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task What_the_queue_of_a_service_refuses_waits_and_subscribers_get_it_once()
    {
        await _client.KeepAsync(Other, Exchange);
        await using var host = await StartAsync();
        await _client.KeepAsync(Foreign, $"{Exchange}.services", new() { ["x-queue-type"] = "quorum", ["x-max-length"] = 0, ["x-overflow"] = "reject-publish" });
        await _client.KeepAsync(Foreign, Exchange, new() { ["x-queue-type"] = "quorum", ["x-max-length"] = 0, ["x-overflow"] = "reject-publish" });

        await CommitAsync(host, Events);

        await Eventually.TrueAsync(async () => (await ReadyAsync(host)).TryGetPropertyValue("notes events", out _), "readiness says that events wait",
            TimeSpan.FromSeconds(90));
        await _client.DeleteAsync(Foreign);
        await PublishedAsync(host, Events);
        Assert.Equal(Numbers(Events), await VersionsAsync(Other));
        await Eventually.TrueAsync(async () => (await ReadyAsync(host)).Count == 0, "and then no more", TimeSpan.FromSeconds(60));
    }

    /// <summary>Asks for the readiness, which must hold, and answers what is degraded.</summary>
    private static async Task<JsonObject> ReadyAsync(TestHost host)
    {
        using var answer = await host.Http.GetAsync("/health/ready");
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["degraded"]!.AsObject();
    }

    private async Task HeardAllAsync(int count = Events)
    {
        await Eventually.TrueAsync(() => _heard.Messages.Any(message => message.Version == $"{count}"), "the service has heard the last", TimeSpan.FromSeconds(60));
        Assert.Equal(Numbers(count).Order(), _heard.Messages.Select(message => message.Version).Distinct().Order());
    }

    private async Task<List<string>> VersionsAsync(string queue) =>
        [.. (await _client.TakeAllAsync(queue)).Select(message => (string)JsonNode.Parse(message.Body.Span)!["version"]!)];

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(1, count).Select(n => $"{n}");

    private Task EvalAsync(string what) => server.ControlAsync("eval",
        $$"""{ok, Q} = rabbit_amqqueue:lookup(rabbit_misc:r(<<"/">>, queue, <<"{{Foreign}}">>)), Pid = amqqueue:get_pid(Q), {{what}}.""");

    private static async Task CommitAsync(TestHost host, int count)
    {
        for (var n = 1; n <= count; n++)
        {
            var batch = new DocumentBatch().Publish("m", new ModelPromoted { Model = "m", Version = $"{n}" });
            Assert.Null(await Store(host).CommitAsync(batch, CancellationToken.None));
        }
    }

    private static Task PublishedAsync(TestHost host, long sequence) => Eventually.TrueAsync(
        async () => (await Store(host).GetAsync<JsonObject>("outbox", "dispatcher", CancellationToken.None))?.Value["sequence"]!.GetValue<long>() == sequence,
        $"event {sequence} is remembered as published", TimeSpan.FromSeconds(60));

    private static IDocumentStore Store(TestHost host) => host.App.Services.GetRequiredKeyedService<IDocumentStore>("notes");

    private Task<TestHost> StartAsync() => RabbitMqHosts.StartAsync(server,
        services =>
        {
            services.AddSingleton(_heard);
            services.AddPlatformDocuments("notes");
        },
        new ServiceMessaging("notes", bus => bus.AddConsumer<Listener, ListenerDefinition>()));
}
