using System.Collections.Concurrent;
using System.Net;
using Platform.Supervisor.Keeping;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.Supervisor.Tests.Running;

/// <summary>The whole platform in distributed mode, on real servers, and what its parts' deaths cost.</summary>
public sealed class UpTests
{
    private const string Model = "credit";
    private const int Callers = 4;

    /// <summary>The log is brought to the disk every 50 ms; the rest is what a busy disk may take for it.</summary>
    private static readonly TimeSpan Uncommitted = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentQueue<(string Id, DateTimeOffset At)> _answered = [];
    private readonly ConcurrentQueue<HttpStatusCode> _failed = [];

    [Fact]
    public async Task It_outlives_the_death_of_a_replica_and_of_the_broker_and_stops_without_a_trace()
    {
        await using var up = await UpProcess.StartAsync(["--empty", "--replicas", "inference=2"]);
        using var api = new PlatformApi(up.Address);
        await api.RegisterCreditAsync(Model);
        await PromoteAsync(api, "1");

        var killed = await UnderLoadAsync(api, async () =>
        {
            var at = DateTimeOffset.UtcNow;
            await up.KillAsync("inference-1");
            return at;
        });
        Assert.InRange(_failed.Count, 0, Callers);
        Assert.All(_failed, status => Assert.Equal(HttpStatusCode.BadGateway, status));
        _failed.Clear();

        await UnderLoadAsync(api, async () =>
        {
            await up.KillAsync("rabbitmq");
            return DateTimeOffset.UtcNow;
        });
        Assert.Empty(_failed);
        await PromoteAsync(api, "2");

        var certain = _answered.Where(one => one.At < killed - Uncommitted || one.At > killed + Uncommitted).Select(one => one.Id).ToList();
        Assert.True(certain.Count > 100, $"only {certain.Count} predictions were made");
        await Eventually.TrueAsync(async () => await api.CountUnknownAsync(Model, certain) == 0, "the monitor knows every prediction", TimeSpan.FromMinutes(1));

        var pids = up.Pids();
        Assert.Superset(
            new HashSet<string> { "gateway", "registry", "inference-1", "inference-2", "monitor-1", "explainer-1", "rabbitmq", "postgres", "kafka" },
            pids.Keys.ToHashSet());
        Assert.Equal(0, await up.StopAsync());
        Assert.Empty(up.Pids());
        Assert.DoesNotContain(pids, pid => Processes.IsRunning(pid.Value));
    }

    private static async Task PromoteAsync(PlatformApi api, string version)
    {
        await api.PromoteAsync(Model, version).JsonAsync();
        await api.UntilServesEverywhereAsync(Model, version);
    }

    private async Task<DateTimeOffset> UnderLoadAsync(PlatformApi api, Func<Task<DateTimeOffset>> act)
    {
        using var stop = new CancellationTokenSource();
        var before = _answered.Count;
        var callers = Enumerable.Range(0, Callers).Select(_ => CallAsync(api, stop.Token)).ToList();
        await Eventually.TrueAsync(() => _answered.Count > before + 100, "traffic flows", TimeSpan.FromSeconds(30));
        var result = await act();
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        return result;
    }

    private async Task CallAsync(PlatformApi api, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var response = await api.InferAsync(Model, CreditSample.Usual[0]);
            if (response.IsSuccessStatusCode) _answered.Enqueue((response.Headers.GetValues("x-prediction-id").Single(), DateTimeOffset.UtcNow));
            else _failed.Enqueue(response.StatusCode);
            // The processor is for the ones under test.
            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
        }
    }
}
