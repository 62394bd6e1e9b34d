using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Platform.Inference.Tests;
using Platform.Inference.Tests.Jobs;
using Platform.Integration.Tests.Documents;
using Platform.Integration.Tests.Messaging;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Integration.Tests.Jobs;

/// <summary>Two processes at work on eight hundred jobs, in the middle of which something is killed.</summary>
[Collection(JobServers.Name)]
public sealed class KilledTests(PostgresServer postgres, RabbitMqServer broker)
{
    private const int Jobs = 800;
    private const int Published = 200;
    private static readonly TimeSpan Patience = Eventually.Patience;

    [Theory]
    [InlineData("worker")]
    [InlineData("broker")]
    [InlineData("database")]
    public async Task Every_job_has_one_result_whoever_is_killed(string victim)
    {
        await using var registry = await StubRegistry.StartAsync();
        registry.Deploy("linear", "1", TinyModels.Linear());
        var database = new TestDatabase(postgres);
        var ledger = new JobLedger(postgres.ConnectionString, database.Settings.Single(setting => setting.Key.EndsWith("Prefix")).Value + "inference");
        using var one = new ServiceProcess("Platform.Inference", Settings(registry, database));
        using var two = new ServiceProcess("Platform.Inference", Settings(registry, database));
        await Task.WhenAll(one.StartAsync(), two.StartAsync());
        await broker.QueueIsSavedAsync("inference-submit-prediction");

        await PublishAsync(Published);
        var submitting = SubmitAsync(two.Http, Published, Jobs);
        await AtLeastAsync(ledger, 300);
        await KillAsync(victim, one);
        var ids = await submitting;
        await AtLeastAsync(ledger, Jobs);

        Assert.Equal(new Dictionary<string, long> { ["succeeded"] = Jobs }, await ledger.StatesAsync());
        Assert.All(await ledger.EndsAsync(), end => Assert.Equal(1, end.Value));
        foreach (var (id, n) in ids.Where((_, i) => i % 50 == 0)) Assert.Equal($"[{n}]", await ResultAsync(two.Http, id));
    }

    private static async Task<string> ResultAsync(HttpClient http, string id) =>
        (await http.JobAsync(id))["result"]!["outputs"]![0]!["data"]!.ToJsonString();

    private IEnumerable<KeyValuePair<string, string?>> Settings(StubRegistry registry, TestDatabase database) =>
    [
        new("Registry:Address", registry.Address.ToString()),
        new("Inference:Jobs:WorkerTimeout", "00:00:03"),
        new("Inference:Jobs:SweepInterval", "00:00:01"),
        .. database.Settings, .. RabbitMqHosts.Settings(broker),
    ];

    private async Task KillAsync(string victim, ServiceProcess worker)
    {
        if (victim == "worker") worker.Kill();
        if (victim == "broker") broker.Kill();
        if (victim == "database") postgres.Kill();
        if (victim == "worker") await worker.StartAsync();
        if (victim == "broker") await broker.RestartAsync();
        if (victim == "database") await postgres.RestartAsync();
    }

    /// <summary>Jobs of a client that knows AMQP and nothing of the platform.</summary>
    private async Task PublishAsync(int count)
    {
        await using var client = await PlainClient.ConnectAsync(broker);
        for (var n = 0; n < count; n++)
            await client.PublishAsync("inference.submit-prediction.v1", $$"""{"jobId":"published-{{n}}","model":"linear","request":{{Body(n)}}}""");
    }

    /// <summary>Jobs over HTTP, repeated under their keys until each is accepted.</summary>
    private static async Task<List<(string Id, int N)>> SubmitAsync(HttpClient http, int from, int to)
    {
        var ids = new List<(string, int)>();
        var bound = new ParallelOptions { MaxDegreeOfParallelism = 4 };
        await Parallel.ForEachAsync(Enumerable.Range(from, to - from), bound, async (n, _) =>
        {
            var id = await Eventually.ValueAsync(() => TrySubmitAsync(http, n), $"job {n} is accepted", Patience);
            lock (ids) ids.Add((id, n));
        });
        return ids;
    }

    private static async Task<string?> TrySubmitAsync(HttpClient http, int n)
    {
        using var response = await http.SubmitAsync("linear", Body(n), $"key-{n}");
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable) return null;
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"];
    }

    private static string Body(int n) => JobClient.Row.Replace("[1,2,3]", $"[{n},0,0]");

    private static Task AtLeastAsync(JobLedger ledger, int count) => Eventually.TrueAsync(async () =>
    {
        try
        {
            return (await ledger.EndsAsync()).Count >= count;
        }
        catch (NpgsqlException)
        {
            return false; // It has been killed and is not back yet.
        }
    }, $"{count} jobs have ended", Patience);
}
