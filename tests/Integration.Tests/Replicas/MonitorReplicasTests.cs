using System.Text.Json.Nodes;
using Platform.Inference.Requests;
using Platform.Integration.Tests.Documents;
using Platform.Integration.Tests.Messaging;
using Platform.Integration.Tests.PredictionLog;
using Platform.Integration.Tests.Servers;
using Platform.Monitor.Tests;
using Platform.TestKit;

namespace Platform.Integration.Tests.Replicas;

[Collection(ServersCollection.Name)]
public sealed class MonitorReplicasTests(PostgresServer postgres, RabbitMqServer rabbit, MockKafkaServer kafka) : IClassFixture<MockKafkaServer>
{
    private const int Window = 100;

    private readonly TestDatabase _database = new(postgres);
    private readonly Random _random = new(7);

    [Fact]
    public async Task A_monitor_killed_while_it_counts_loses_and_doubles_no_prediction()
    {
        await using var registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(200);
        registry.Deploy(Credit.Version(), rows, predictions);
        using var folder = new TemporaryFolder();
        await using var writer = await WritingProcess.StartAsync(folder.Path, LogSettings());
        using var one = new ServiceProcess("Platform.Monitor", Settings(registry));
        using var two = new ServiceProcess("Platform.Monitor", Settings(registry));
        await Task.WhenAll(one.StartAsync(), two.StartAsync());

        Send(writer, 0, 1000);
        await CountedAsync(one, 1000);
        await CountedAsync(two, 1000);
        var (active, standby) = await IsActiveAsync(one) ? (one, two) : (two, one);
        Send(writer, 1000, 2000);
        active.Kill();
        Send(writer, 3000, 1000);

        await CountedAsync(standby, 4000);
        Send(writer, 4000, Window);
        await CountedAsync(standby, 4000 + Window); // exactly: a prediction that was counted twice would show by now
    }

    private static Task CountedAsync(ServiceProcess monitor, int count) => Eventually.TrueAsync(
        async () => await CountAsync(monitor.Http) == count, $"{count} predictions are counted");

    /// <summary>Predictions counted in closed windows; 0 while the answer does not come through, as when its replica is killed.</summary>
    private static async Task<int> CountAsync(HttpClient monitor)
    {
        try
        {
            using var answer = await monitor.GetAsync("/v1/models/credit/monitoring?detail=summary");
            if (!answer.IsSuccessStatusCode) return 0;
            var windows = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["windows"]!.AsArray();
            return windows.Sum(window => window!["count"]!.GetValue<int>());
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private async Task<bool> IsActiveAsync(ServiceProcess monitor)
    {
        await using var store = _database.Open(service: "monitor");
        return new Uri((await store.FindTurnHolderAsync("active", CancellationToken.None))!) == monitor.Http.BaseAddress;
    }

    private void Send(WritingProcess writer, int first, int count)
    {
        for (var n = first; n < first + count; n++) writer.Append(Credit.Prediction($"{n}", Credit.Applicant(_random)));
    }

    private IEnumerable<KeyValuePair<string, string?>> Settings(StubRegistry registry) =>
    [
        .. _database.Settings, .. RabbitMqHosts.Settings(rabbit), .. LogSettings(),
        new("Registry:Address", registry.Address.ToString()),
        new("Monitor:Windows:Size", $"{Window}"), new("Monitor:Windows:MinRows", "20"), new("Monitor:Windows:MaxRows", $"{Window}"),
        new("Monitor:Windows:MinAge", "00:00:00"),
    ];

    private KeyValuePair<string, string?>[] LogSettings() =>
    [
        new("PredictionLog:Kafka:BootstrapServers", kafka.BootstrapServers), new("PredictionLog:Kafka:Topic", "monitored"),
        new("PredictionLog:Kafka:CreateTopic", "false"),
    ];
}
