using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Explainer;
using Platform.Hosting.Defaults;
using Platform.Hosting.Documents;
using Platform.Hosting.Messaging;
using Platform.Inference;
using Platform.Inference.Tests;
using Platform.Inference.Tests.Jobs;
using Platform.Integration.Tests.Servers;
using Platform.Monitor;
using Platform.Onnx.Tensors;
using Platform.Registry;
using Platform.TestKit;
using Platform.TestKit.Observability;
using Platform.TestModels;

namespace Platform.Integration.Tests.Privacy;

/// <summary>What is secret is in no log entry at any level, no answer, no event, no metric and no span, whatever goes wrong.</summary>
[Collection(ServersCollection.Name)]
public sealed class SecretTests(PostgresServer postgres, RabbitMqServer rabbit)
{
    private static readonly string[] Asked =
    [
        "/health/live", "/health/ready", "/metrics", "/openapi/v1.json", "/v1/models", "/v1/events", "/v2/models/m/config", "/v1/jobs/j",
        "/v1/models/m/monitoring", "/v1/alerts", "/v1/explanations/e",
    ];

    [Theory]
    [InlineData(RegistryService.Name, "postgres")]
    [InlineData(InferenceService.Name, "postgres")]
    [InlineData(MonitorService.Name, "postgres")]
    [InlineData(ExplainerService.Name, "postgres")]
    public async Task Nothing_is_told_when_no_server_can_be_reached(string service, string documents)
    {
        using var planted = new Planted();
        var said = new Said();
        await using (var host = await StartAsync(service, said, Nowhere(), [
            new("Storage:Provider", documents), new("Messaging:RabbitMq:Port", $"{Ports.Free()}"),
            .. Settings(planted, $"Host=127.0.0.1;Port={Ports.Free()}", Nowhere(), Ports.Free())]))
        {
            await UntilSaidAsync(said, "rabbitmq://");
            Planted.AssertNowhere("answer", await AskAsync(host));
        }
        Planted.AssertNowhere("log", said.Lines);
    }

    [Theory]
    [InlineData(RegistryService.Name)]
    [InlineData(InferenceService.Name)]
    [InlineData(MonitorService.Name)]
    public async Task Nothing_is_told_when_every_server_refuses_the_password(string service)
    {
        using var planted = new Planted();
        var said = new Said();
        await using var kafka = new MockKafkaServer();
        await kafka.InitializeAsync();
        await using var collector = await Collector.StartAsync();
        await using (var host = await StartAsync(service, said, Nowhere(), [
            new("Storage:Provider", "postgres"), new("Messaging:RabbitMq:Port", $"{rabbit.Port}"),
            .. Settings(planted, PlainAddress(postgres.ConnectionString), kafka.BootstrapServers, collector.Port)]))
        {
            await UntilSaidAsync(said, "ACCESS_REFUSED");
            Planted.AssertNowhere("answer", await AskAsync(host));
            await UntilSaidAsync(said, "nobody"); // PostgreSQL's word on the role
            await Eventually.TrueAsync(() => collector.Received.Count > 3, "telemetry arrives");
        }
        Planted.AssertNowhere("log", said.Lines);
        Planted.AssertNowhere(collector);
    }

    [Fact]
    public async Task Nothing_is_told_while_all_goes_well_but_for_the_callers_and_their_receivers()
    {
        using var planted = new Planted();
        var said = new Said();
        await using var registry = await StubRegistry.StartAsync();
        registry.Deploy("m", "1", TinyModels.Identity(Datatype.Bytes, "n"),
            metadata: new VersionMetadata { Logging = new() { Redact = [new() { Feature = "x", As = "hash" }] } });
        await using var collector = await Collector.StartAsync();
        IReadOnlyList<StoredEvent> events;
        await using (var host = await StartAsync(
            InferenceService.Name, said, registry.Address.Authority, [.. planted.Inference, .. Planted.Telemetry(collector.Port)]))
        {
            await Eventually.TrueAsync(async () => (await host.Http.GetAsync("/v2/models/m/ready")).IsSuccessStatusCode, "the model serves");
            await CallAsync(host);
            Planted.AssertNowhere("answer", await AskAsync(host));
            events = await host.App.Services.GetRequiredKeyedService<IDocumentStore>(InferenceService.Name).ReadEventsAsync(0, 1000, CancellationToken.None);
            await Eventually.TrueAsync(() => collector.Received.Count > 3, "telemetry arrives");
        }
        Assert.NotEmpty(events);
        Planted.AssertNowhere("event", events.Select(stored => stored.ToString()!));
        Planted.AssertNowhere("log", said.Lines);
        Planted.AssertNowhere(collector);
    }

    [Theory]
    [InlineData("Storage:Postgres:ConnectionString", "Host=db;Password=pl4nt3d;pl4nt3d=rest of it")]
    [InlineData("Storage:Postgres:ConnectionString", "Host=db;Password='pl4nt3d")]
    [InlineData("Storage:Postgres:ConnectionString", "Password=pl4nt3d")]
    [InlineData("Storage:Postgres:ConnectionString", "postgres://platform:pl4nt3d@db/platform")]
    [InlineData("Storage:MongoDb:ConnectionString", "mongodb://platform:pl4nt3d@db:port/")]
    [InlineData("Storage:MongoDb:ConnectionString", "mongodb://platform:pl4nt3d@with@two@db/")]
    [InlineData("Storage:MongoDb:ConnectionString", "mongodb://platform:a@db/?pl4nt3d=b")]
    [InlineData("Inference:Jobs:Callbacks:Secret", "pl4nt3d-short")]
    [InlineData("Inference:Recording:RedactionKey", "pl4nt3d?")]
    public async Task A_start_that_is_refused_does_not_quote_what_was_set(string setting, string value)
    {
        var said = new Said();
        KeyValuePair<string, string?>[] settings =
        [
            new(setting, value), new("Storage:Provider", setting.Contains("Mongo", StringComparison.Ordinal) ? "mongodb" : "postgres"),
            new("Storage:Postgres:ConnectionString", "Host=db"),
        ];

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(InferenceService.Name, said, Nowhere(), [.. settings.DistinctBy(set => set.Key)]));

        Assert.Contains(setting.Split(':')[^1], string.Join(' ', refusal.Failures), StringComparison.Ordinal);
        Planted.AssertNowhere("refusal", [refusal.ToString()]);
        Planted.AssertNowhere("log", said.Lines);
    }

    /// <summary>A prediction of a hidden value, refused ones, and a job whose receiver, whose address holds a token, cannot be reached.</summary>
    private static async Task CallAsync(TestHost host)
    {
        var body = Body("[1]", Planted.Value);
        await PostAsync(host, "/v2/models/m/infer", body).JsonAsync();
        await PostAsync(host, "/v2/models/m/infer", Body("[2]", Planted.Value)).JsonAsync(HttpStatusCode.BadRequest);
        await PostAsync(host, "/v2/models/m/infer", body[..^1]).JsonAsync(HttpStatusCode.BadRequest);
        var id = await host.Http.AcceptedAsync(
            "m", Body("[1]", "plain"), query: $"?callback=http://{Nowhere()}/{Planted.Token}?key={Planted.Token}");
        await host.Http.JobAsync(id, job => (int?)job["callback"]?["attempts"] > 0, "the receiver was called");
    }

    private static string Body(string shape, string value) => new JsonObject
    {
        ["inputs"] = new JsonArray(new JsonObject
        {
            ["name"] = "x", ["shape"] = JsonNode.Parse(shape), ["datatype"] = "BYTES", ["data"] = new JsonArray(value),
        }),
    }.ToJsonString();

    private static Task<HttpResponseMessage> PostAsync(TestHost host, string path, string body) =>
        host.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    private static KeyValuePair<string, string?>[] Settings(Planted planted, string postgres, string kafka, int telemetry) =>
    [
        new("Messaging:Transport", "rabbitmq"), Planted.RabbitMq,
        new("Storage:Postgres:ConnectionString", $"{postgres};{Planted.Postgres}"), new("Storage:Postgres:Patience", "00:00:00.500"),
        Planted.MongoDb, new("Storage:MongoDb:Patience", "00:00:00.500"),
        new("PredictionLog:Kafka:BootstrapServers", kafka), .. Planted.Kafka,
        .. planted.Inference, .. Planted.Telemetry(telemetry),
    ];

    private static string Nowhere() => $"127.0.0.1:{Ports.Free()}";

    private static string PlainAddress(string connection) => string.Join(';', connection.Split(';')
        .Where(part => part.StartsWith("Host=", StringComparison.Ordinal) || part.StartsWith("Port=", StringComparison.Ordinal)));

    private static Task UntilSaidAsync(Said said, string text) =>
        Eventually.TrueAsync(() => said.Lines.Any(line => line.Contains(text, StringComparison.OrdinalIgnoreCase)), $"'{text}' is in the log");

    private static async Task<IReadOnlyList<string>> AskAsync(TestHost host)
    {
        // At once: each waits for the servers that cannot be reached.
        var answers = await Task.WhenAll([
            .. Asked.Select(path => host.Http.GetAsync(path)),
            PostAsync(host, "/v1/models", """{"name":"m"}"""),
            PostAsync(host, "/v2/models/m/infer", "{}"),
            PostAsync(host, "/v1/models/m/jobs", Body("[1]", "a")),
            PostAsync(host, "/v1/models/m/explanations", """{"predictionId":"p"}"""),
        ]);
        return await Task.WhenAll(answers.Select(TextAsync));
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        using (answer) return $"{answer.RequestMessage!.RequestUri!.AbsolutePath} {answer.Headers} {await answer.Content.ReadAsStringAsync()}";
    }

    private static Task<TestHost> StartAsync(string service, Said said, string registry, KeyValuePair<string, string?>[] settings) => TestHost.StartAsync(
        builder =>
        {
            builder.AddPlatformDefaults(service);
            _ = service switch
            {
                RegistryService.Name => builder.AddRegistry(),
                InferenceService.Name => builder.AddInference(),
                MonitorService.Name => builder.AddMonitor(),
                _ => builder.AddExplainer(),
            };
            builder.AddPlatformMessaging(service switch
            {
                RegistryService.Name => RegistryService.Messaging,
                InferenceService.Name => InferenceService.Messaging,
                MonitorService.Name => MonitorService.Messaging,
                _ => ExplainerService.Messaging,
            });
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(said);
        },
        app =>
        {
            app.MapPlatformDefaults();
            _ = service switch
            {
                RegistryService.Name => app.MapRegistry(),
                InferenceService.Name => app.MapInference(),
                MonitorService.Name => app.MapMonitor(),
                _ => app.MapExplainer(),
            };
        },
        [.. settings, new("Registry:Address", $"http://{registry}"), new("Logging:LogLevel:Default", "Trace")]);
}
