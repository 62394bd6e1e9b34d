using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Hosting.Defaults;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Postgres;
using Platform.Hosting.Messaging;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Documents;

[Collection(ServersCollection.Name)]
public sealed class OutageTests(PostgresServer server)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestDatabase _database = new(server);

    [Fact]
    public async Task Commits_survive_a_server_killed_again_and_again_and_each_is_counted_once()
    {
        using var stop = new CancellationTokenSource();
        await using var one = _database.Open();
        await using var two = _database.Open();
        var writers = new[] { one, two, one, two }.Select(store => Task.Run(() => IncrementUntilAsync(store, stop.Token))).ToList();

        for (var outage = 0; outage < 2; outage++)
        {
            await MoreEventsAsync(one, 40);
            for (var broken = 0; broken < 10; broken++) await _database.BreakConnectionsAsync();
            await MoreEventsAsync(two, 10);
            server.Kill();
            await server.RestartAsync();
        }
        await MoreEventsAsync(one, 40);
        await stop.CancelAsync();

        var acknowledged = (await Task.WhenAll(writers)).Sum();
        Assert.Equal(acknowledged, (await one.GetAsync<int>("counters", "c", None))!.Value);
        Assert.Equal(acknowledged, (int)await one.LastSequenceAsync(None));
    }

    [Fact]
    public async Task A_waiting_reader_hears_of_events_after_its_connection_broke()
    {
        await using var store = _database.Open();
        var waiting = store.WaitForEventsAsync(0, None).AsTask();
        await Eventually.TrueAsync(() => store.IsConnected, "the store listens");

        await _database.BreakConnectionsAsync();
        await store.CommitAsync(Promoted(1), None);

        await waiting.PatientlyAsync();
    }

    [Fact]
    public async Task A_server_that_stays_away_is_a_503_and_no_readiness()
    {
        var settings = new[] { new KeyValuePair<string, string?>("Storage:Postgres:ConnectionString", $"Host=127.0.0.1;Port={Ports.Free()}"),
            new("Storage:Postgres:Patience", "00:00:00.200"), new("Storage:Provider", "postgres") };
        await using var host = await TestHost.StartAsync(AddNotes, MapNotes, settings);

        Assert.Equal("The documents cannot be reached now.",
            await host.Http.GetAsync("/notes").ProblemAsync(HttpStatusCode.ServiceUnavailable, "documents.unavailable"));
        var readiness = await host.Http.GetAsync("/health/ready").JsonAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("PostgreSQL", readiness["waitingFor"]!["notes documents"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_server_that_answers_is_ready()
    {
        await using var host = await TestHost.StartAsync(AddNotes, MapNotes, [.. _database.Settings]);

        await Eventually.TrueAsync(async () => (await host.Http.GetAsync("/health/ready")).IsSuccessStatusCode, "the host is ready");
        await host.Http.GetAsync("/notes").JsonAsync();
    }

    private static async Task<int> IncrementUntilAsync(PostgresDocumentStore store, CancellationToken stop)
    {
        var acknowledged = 0;
        while (!stop.IsCancellationRequested)
        {
            var counter = await store.GetAsync<int>("counters", "c", None);
            var batch = Promoted(acknowledged).Put("counters", "c", (counter?.Value ?? 0) + 1, counter?.Revision ?? 0);
            if (await store.CommitAsync(batch, None) is null) acknowledged++;
        }
        return acknowledged;
    }

    private static async Task MoreEventsAsync(PostgresDocumentStore store, int count)
    {
        var before = await store.LastSequenceAsync(None);
        await Eventually.TrueAsync(async () => await store.LastSequenceAsync(None) >= before + count, "commits go on");
    }

    private static DocumentBatch Promoted(int n) => new DocumentBatch().Publish("m", new ModelPromoted { Model = "m", Version = $"{n}" });

    private static void AddNotes(WebApplicationBuilder builder)
    {
        builder.AddPlatformDefaults("notes");
        builder.Services.AddPlatformDocuments("notes");
        builder.AddPlatformMessaging(ServiceMessaging.PublishOnly("notes"));
    }

    private static void MapNotes(WebApplication app)
    {
        app.MapPlatformDefaults();
        app.MapGet("/notes", async ([FromKeyedServices("notes")] IDocumentStore store, CancellationToken cancellationToken) =>
            await store.QueryAsync<int>(new DocumentQuery("notes"), cancellationToken));
    }
}
