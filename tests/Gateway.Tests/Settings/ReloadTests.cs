using System.Net;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Settings;

public sealed class ReloadTests : IAsyncLifetime
{
    private Replica _old = null!;
    private Replica _new = null!;
    private TestHost _gateway = null!;

    public async Task InitializeAsync()
    {
        (_old, _new) = (await Replica.StartAsync(), await Replica.StartAsync());
        _gateway = await Edge.StartGatewayAsync(Edge.Setting("Inference", _old.Address));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _old.DisposeAsync();
        await _new.DisposeAsync();
    }

    [Fact]
    public async Task Replicas_change_under_load_without_a_failed_request()
    {
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 8).Select(_ => CallAsync(stop.Token)).ToList();
        await Eventually.TrueAsync(() => _old.Requests > 50, "traffic flows");
        for (var turn = 0; turn < 10; turn++)
        {
            var (from, to) = turn % 2 == 0 ? (_old, _new) : (_new, _old);
            var before = to.Requests;
            Edge.Change(_gateway, Edge.Setting("Inference", to.Address));
            await Eventually.TrueAsync(() => to.Requests > before + 20, "the other replica answers");
        }
        await stop.CancelAsync();
        Assert.All((await Task.WhenAll(callers)).SelectMany(statuses => statuses), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task A_request_under_way_ends_at_the_replica_that_was_taken_away()
    {
        var waiting = _gateway.Http.GetAsync("/v2/wait").JsonAsync();
        await Eventually.TrueAsync(() => _old.Requests == 1, "the request has arrived");
        Edge.Change(_gateway, Edge.Setting("Inference", _new.Address));
        await Eventually.TrueAsync(async () =>
        {
            await _gateway.Http.GetAsync("/v2/models").JsonAsync();
            return _new.Requests > 0;
        }, "the new replica answers");
        _old.Open();
        Assert.True((bool)(await waiting)["waited"]!);
    }

    [Fact]
    public async Task A_configuration_that_is_not_valid_changes_nothing()
    {
        Edge.Change(_gateway, new KeyValuePair<string, string?>("Gateway:Inference", "nowhere"));
        await _gateway.Http.GetAsync("/v2/models").JsonAsync();
        Edge.Change(_gateway, new KeyValuePair<string, string?>("Gateway:Inference", $"{_new.Address}"));
        await Eventually.TrueAsync(async () =>
        {
            await _gateway.Http.GetAsync("/v2/models").JsonAsync();
            return _new.Requests > 0;
        }, "the next valid one holds");
    }

    private async Task<List<HttpStatusCode>> CallAsync(CancellationToken stop)
    {
        var statuses = new List<HttpStatusCode>();
        while (!stop.IsCancellationRequested)
        {
            using var response = await _gateway.Http.PostAsync("/v2/models/m/infer", new StringContent("{}"), CancellationToken.None);
            statuses.Add(response.StatusCode);
        }
        return statuses;
    }
}
