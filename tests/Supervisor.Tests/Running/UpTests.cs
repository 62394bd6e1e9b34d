using System.Collections.Concurrent;
using System.Net;
using Platform.Supervisor.Machine;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.Supervisor.Tests.Running;

/// <summary>The whole platform in distributed mode, on real servers, and what its parts' deaths cost.</summary>
public sealed class UpTests
{
    private const string Model = "credit";
    private const int Callers = 4;

    private readonly ConcurrentQueue<string> _answered = [];
    private readonly ConcurrentQueue<HttpStatusCode> _failed = [];

    [Fact]
    public async Task It_outlives_the_death_of_a_replica_and_of_the_broker_and_stops_without_a_trace()
    {
        await using var up = await UpProcess.StartAsync(["--empty", "--replicas", "inference=2"]);
        using var api = new PlatformApi(up.Address, key: up.BootstrapKey);
        await api.RegisterCreditAsync(Model);
        await PromoteAsync(api, "1");

        List<string> certain = [];
        await UnderLoadAsync(api, async () =>
        {
            // The monitor reads what is on the disk: what it knows outlives the replica.
            certain.AddRange(_answered);
            await UntilAllAreKnownAsync(api, certain);
            await up.KillAsync("inference-1");
        });
        Assert.InRange(_failed.Count, 0, Callers);
        Assert.All(_failed, status => Assert.Equal(HttpStatusCode.BadGateway, status));
        _failed.Clear();
        _answered.Clear();

        await UnderLoadAsync(api, () => up.KillAsync("rabbitmq"));
        Assert.Empty(_failed);
        await PromoteAsync(api, "2");

        Assert.True(certain.Count > 100 && _answered.Count > 100, $"only {certain.Count} and {_answered.Count} predictions were made");
        await UntilAllAreKnownAsync(api, [.. certain, .. _answered]);

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

    private static Task UntilAllAreKnownAsync(PlatformApi api, IReadOnlyList<string> predictions) => Eventually.TrueAsync(
        async () => await api.CountUnknownAsync(Model, predictions) == 0, "the monitor knows every prediction");

    private async Task UnderLoadAsync(PlatformApi api, Func<Task> act)
    {
        using var stop = new CancellationTokenSource();
        var before = _answered.Count;
        var callers = Enumerable.Range(0, Callers).Select(_ => CallAsync(api, stop.Token)).ToList();
        await Eventually.TrueAsync(() => _answered.Count > before + 100, "traffic flows");
        await act();
        await stop.CancelAsync();
        await Task.WhenAll(callers);
    }

    private async Task CallAsync(PlatformApi api, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var response = await api.InferAsync(Model, CreditSample.Usual[0]);
            if (response.IsSuccessStatusCode) _answered.Enqueue(response.Headers.GetValues("x-prediction-id").Single());
            else _failed.Enqueue(response.StatusCode);
            // The processor is for the ones under test.
            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
        }
    }
}
