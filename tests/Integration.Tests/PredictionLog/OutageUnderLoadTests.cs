using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Platform.Inference.Tests;
using Platform.Inference.Tests.Jobs;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Integration.Tests.PredictionLog;

/// <summary>
/// Predictions over HTTP while Kafka is away: for three seconds, or for as many as <c>OUTAGE_SECONDS</c> says. The whole minute:
/// <c>OUTAGE_SECONDS=60 ./dev test Kafka_away_for_seconds</c>
/// </summary>
[Collection(MockKafkaCollection.Name)]
public sealed partial class OutageUnderLoadTests(MockKafkaServer kafka)
{
    private const int Callers = 4;
    private const int LeastBefore = 100;
    private const int LeastDuring = 300;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("OUTAGE_SECONDS") ?? "3", CultureInfo.InvariantCulture));
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2) + Outage;

    private int _answered;

    [Fact]
    public async Task Kafka_away_for_seconds_under_load_costs_no_prediction_and_no_record()
    {
        KeyValuePair<string, string?>[] settings =
        [
            new("PredictionLog:Kafka:BootstrapServers", kafka.BootstrapServers), new("PredictionLog:Kafka:CreateTopic", "false"),
            new("PredictionLog:Kafka:Topic", $"topic-{Guid.NewGuid():n}"),
        ];
        await using var registry = await StubRegistry.StartAsync();
        registry.Deploy("linear", "1", TinyModels.Linear());
        using var inference = new ServiceProcess("Platform.Inference", [.. settings, new("Registry:Address", registry.Address.ToString())]);
        await inference.StartAsync();
        var state = new ReadState();
        await using var reader = ReadingProcess.Start(state, settings);
        using var stop = new CancellationTokenSource();
        var calling = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => PredictUntilAsync(inference.Http, caller, stop.Token)));

        await AnsweredAsync(LeastBefore, calling);
        await kafka.TakeDownAsync();
        var away = Stopwatch.StartNew();
        await AnsweredAsync(_answered + LeastDuring, calling);
        await Eventually.TrueAsync(() => calling.IsFaulted || away.Elapsed >= Outage, "the outage has lasted", Patience);
        var during = await AccountAsync(inference.Http);
        await kafka.BringUpAsync();
        await AnsweredAsync(_answered + LeastBefore, calling);
        await stop.CancelAsync();
        await calling;

        Assert.InRange(during["spooled"], LeastDuring / 2, long.MaxValue);
        await Eventually.TrueAsync(() => state.Entries.Count >= _answered, $"{_answered} records are read", Patience);
        foreach (var ofCaller in state.Entries.Select(entry => entry.Id.Split('-')).ToLookup(id => id[0], id => int.Parse(id[1])))
            Assert.Equal(Enumerable.Range(0, ofCaller.Count()), ofCaller.Order()); // a reply goes before its record, so the next one's may overtake it
        Assert.Equal(_answered, state.Entries.Count);
        await Eventually.TrueAsync(async () => (await AccountAsync(inference.Http))["spooled"] == 0, "everything is acknowledged", Patience);
        var account = await AccountAsync(inference.Http);
        Assert.Equal((_answered, _answered, 0), (account["accepted"], account["delivered"], account["dropped"]));
    }

    /// <summary>One prediction after the other, each of which must succeed.</summary>
    private async Task PredictUntilAsync(HttpClient http, int caller, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/linear/infer")
            {
                Content = new StringContent(JobClient.Row, Encoding.UTF8, "application/json"),
                Headers = { { "x-prediction-id", $"{caller}-{n}" } },
            };
            using var response = await http.SendAsync(request, CancellationToken.None);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Interlocked.Increment(ref _answered);
        }
    }

    private async Task AnsweredAsync(int count, Task calling)
    {
        await Eventually.TrueAsync(() => calling.IsFaulted || _answered >= count, $"{count} predictions are answered", Patience);
        if (calling.IsFaulted) await calling;
    }

    /// <summary>The forwarder's account, as the process tells it to whoever collects metrics.</summary>
    private static async Task<Dictionary<string, long>> AccountAsync(HttpClient http)
    {
        var metrics = await http.GetStringAsync("/metrics");
        return Account().Matches(metrics).ToDictionary(
            match => match.Groups[1].Value, match => long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^platform_prediction_log_forwarder_(accepted|delivered|spooled|dropped)\S* (\d+)", RegexOptions.Multiline)]
    private static partial Regex Account();
}
