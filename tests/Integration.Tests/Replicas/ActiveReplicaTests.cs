using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Hosting.Defaults;
using Platform.Hosting.Http;
using Platform.Hosting.Messaging;
using Platform.Hosting.Replicas;
using Platform.Integration.Tests.Documents;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Replicas;

[Collection(ServersCollection.Name)]
public sealed class ActiveReplicaTests(PostgresServer server)
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly TestDatabase _database = new(server);

    [Fact]
    public async Task Whichever_replica_is_asked_the_active_one_answers()
    {
        await using var one = await StartAsync("one");
        await HearsAsync(one, "one");
        await using var two = await StartAsync("two");

        await HearsAsync(two, "one");
        Assert.Equal("one heard again", await EchoAsync(one, "again"));
    }

    [Fact]
    public async Task When_the_active_replica_goes_the_next_takes_over()
    {
        var one = await StartAsync("one");
        await HearsAsync(one, "one");
        await using var two = await StartAsync("two");
        await HearsAsync(two, "one");

        await one.DisposeAsync();

        await HearsAsync(two, "two");
    }

    [Fact]
    public async Task A_replica_whose_connection_breaks_passes_requests_on_to_its_successor()
    {
        await using var one = await StartAsync("one");
        await HearsAsync(one, "one");
        await using var two = await StartAsync("two");

        await _database.BreakConnectionsAsync("pid in (select pid from pg_locks where locktype = 'advisory')");

        await Eventually.TrueAsync(async () => await EchoAsync(one, "hello") is { } answer && answer == await EchoAsync(two, "hello"),
            "both agree on who is active", Patience);
    }

    /// <summary>Sooner or later, what is asked of <paramref name="asked"/> is answered by the other.</summary>
    private static Task HearsAsync(TestHost asked, string answering) => Eventually.TrueAsync(
        async () => await EchoAsync(asked, "hello") == $"{answering} heard hello", $"{answering} answers", Patience);

    /// <summary>The answer; null while nobody is active.</summary>
    private static async Task<string?> EchoAsync(TestHost host, string text)
    {
        using var answer = await host.Http.PostAsync("/echo", new StringContent(text, Encoding.UTF8, "text/plain"));
        Assert.Single(answer.Headers.GetValues(RequestIds.Header)); // whoever answers, and where nobody does
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return null;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private Task<TestHost> StartAsync(string name) => TestHost.StartAsync(
        builder =>
        {
            builder.AddPlatformDefaults("notes");
            builder.Services.AddPlatformDocuments("notes");
            builder.Services.AddActiveReplica("notes");
            builder.Services.AddHostedService<Work>();
            builder.AddPlatformMessaging(ServiceMessaging.PublishOnly("notes"));
        },
        app =>
        {
            app.MapPlatformDefaults();
            app.MapPost("/echo", async (HttpRequest request) => $"{name} heard {await new StreamReader(request.Body).ReadToEndAsync()}")
                .OnActiveReplica("notes");
        },
        [.. _database.Settings]);

    /// <summary>What only the active replica does.</summary>
    private sealed class Work([FromKeyedServices("notes")] ActiveReplica replica) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            replica.RunAsync((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken), stoppingToken);
    }
}
