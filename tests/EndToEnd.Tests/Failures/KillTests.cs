using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Failures;

/// <summary>kill -9 in the middle of traffic, and a restart on the same data.</summary>
public sealed class KillTests : IDisposable
{
    private const string Model = "credit";
    private const int Callers = 4;
    private const int LabelsPerRequest = 5000;

    // Large windows: all of them fit in one answer.
    private static readonly Dictionary<string, string> Windows = new()
    {
        ["PLATFORM_Monitor__Windows__Size"] = "2000",
        ["PLATFORM_Monitor__Windows__MaxAge"] = "00:01:00",
    };

    private static readonly TimeSpan Traffic = TimeSpan.FromSeconds(3);

    /// <summary>The log is brought to the disk every 50 ms; the rest is what a busy disk may take for it.</summary>
    private static readonly TimeSpan Uncommitted = TimeSpan.FromMilliseconds(500);

    private readonly TemporaryFolder _data = new();
    private readonly ConcurrentBag<string> _committed = [];
    private int _sent;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task What_was_committed_is_there_after_a_restart_once()
    {
        await using (var first = await StartAsync())
        {
            using var api = new PlatformApi(first.Address);
            await api.ServeCreditAsync(Model);
            await PredictUntilKilledAsync(first);
        }

        await using (var second = await StartAsync())
        {
            using var api = new PlatformApi(second.Address);
            await api.UntilReadyAsync(Model);
            await PredictUntilKilledAsync(second);
        }

        await using var third = await StartAsync();
        using var last = new PlatformApi(third.Address);
        Assert.True(_committed.Count > 100, $"only {_committed.Count} predictions were made");
        await AssertAllAreKnownAsync(last);
        await AssertNoneIsCountedTwiceAsync(last);
        Assert.Equal("1", (string?)(await last.ReadAsync("/v1/deployments"))["items"]![0]!["version"]);
        Assert.Equal(2, (await last.ReadAsync($"/v1/models/{Model}/versions"))["items"]!.AsArray().Count);
    }

    private Task<PlatformProcess> StartAsync() =>
        StandaloneProcess.StartAsync(["--empty", "--port", "0", "--data", _data.Path], Windows);

    private async Task PredictUntilKilledAsync(PlatformProcess process)
    {
        var answered = new ConcurrentBag<(string Id, DateTimeOffset At)>();
        using var api = new PlatformApi(process.Address);
        var callers = Enumerable.Range(0, Callers).Select(caller => PredictAsync(api, caller, answered)).ToList();
        await Eventually.TrueAsync(
            () => answered.Count > 200 && answered.Max(one => one.At) - answered.Min(one => one.At) > Traffic, "traffic has run for a while", 10 * Traffic);
        var killed = DateTimeOffset.UtcNow;
        await process.KillAsync();
        await Task.WhenAll(callers);
        foreach (var (id, at) in answered)
            if (at < killed - Uncommitted) _committed.Add(id);
    }

    private async Task PredictAsync(PlatformApi api, int caller, ConcurrentBag<(string Id, DateTimeOffset At)> answered)
    {
        try
        {
            for (var row = caller; ; row = (row + 1) % CreditSample.Usual.Count)
            {
                Interlocked.Increment(ref _sent);
                using var response = await api.InferAsync(Model, CreditSample.Usual[row]);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                answered.Add((response.Headers.GetValues("x-prediction-id").Single(), DateTimeOffset.UtcNow));
            }
        }
        catch (HttpRequestException)
        {
            // The process was killed.
        }
    }

    private async Task AssertAllAreKnownAsync(PlatformApi api)
    {
        foreach (var ids in _committed.Chunk(LabelsPerRequest))
        {
            var labels = new JsonArray([.. ids.Select(id => new JsonObject { ["predictionId"] = id, ["label"] = "good" })]);
            // The monitor may still be reading what it had not read when it was killed.
            await Eventually.TrueAsync(async () =>
                (int?)(await api.PostAsync($"/v1/models/{Model}/ground-truth", labels.DeepClone()).JsonAsync(HttpStatusCode.Accepted))["unknown"] == 0,
                "every committed prediction is known", TimeSpan.FromSeconds(30));
        }
    }

    private async Task AssertNoneIsCountedTwiceAsync(PlatformApi api)
    {
        var monitoring = await api.ReadAsync($"/v1/models/{Model}/monitoring?limit=500");
        var counted = monitoring["windows"]!.AsArray().Sum(window => (int)window!["count"]!) + ((int?)monitoring["open"]?["count"] ?? 0);
        Assert.InRange(counted, _committed.Count, _sent);
    }
}
