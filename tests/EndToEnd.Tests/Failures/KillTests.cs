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
        await AssertAllAreKnownAsync(last, _committed);
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
            () => answered.Count > 200 && answered.Max(one => one.At) - answered.Min(one => one.At) > Traffic, "traffic has run for a while");
        // The monitor reads what is on the disk: what it knows is committed, however slow that disk is today.
        var committed = answered.Select(one => one.Id).ToList();
        await AssertAllAreKnownAsync(api, committed);
        await process.KillAsync();
        await Task.WhenAll(callers);
        foreach (var id in committed) _committed.Add(id);
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
                await Task.Delay(TimeSpan.FromMilliseconds(5)); // the processor is for the ones under test
            }
        }
        catch (HttpRequestException)
        {
            // The process was killed.
        }
    }

    /// <summary>The monitor may still be reading what it has not read yet.</summary>
    private static async Task AssertAllAreKnownAsync(PlatformApi api, IEnumerable<string> predictions)
    {
        foreach (var ids in predictions.Chunk(LabelsPerRequest))
            await Eventually.TrueAsync(async () => await api.CountUnknownAsync(Model, ids) == 0, "every committed prediction is known");
    }

    private async Task AssertNoneIsCountedTwiceAsync(PlatformApi api)
    {
        var monitoring = await api.ReadAsync($"/v1/models/{Model}/monitoring?limit=500");
        var counted = monitoring["windows"]!.AsArray().Sum(window => (int)window!["count"]!) + ((int?)monitoring["open"]?["count"] ?? 0);
        Assert.InRange(counted, _committed.Count, _sent);
    }
}
