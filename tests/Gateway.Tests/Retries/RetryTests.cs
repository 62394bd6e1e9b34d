using System.Net;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Retries;

public sealed class RetryTests : IAsyncLifetime
{
    private const int Callers = 8;

    private Replica _one = null!;
    private Replica _two = null!;
    private TestHost _gateway = null!;

    public async Task InitializeAsync()
    {
        (_one, _two) = (await Replica.StartAsync(), await Replica.StartAsync());
        _gateway = await StartGatewayAsync();
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Load_is_spread_over_the_replicas()
    {
        for (var i = 0; i < 100; i++) await _gateway.Http.GetAsync("/v2/models").JsonAsync();
        Assert.Equal(100, _one.Requests + _two.Requests);
        Assert.InRange(_one.Requests, 20, 80);
    }

    [Fact]
    public async Task What_only_reads_is_asked_of_another_replica_when_one_breaks_off()
    {
        using var response = await _gateway.Http.GetAsync("/v2/break");
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.True(_one.Requests > 0 && _two.Requests > 0);
    }

    [Fact]
    public async Task What_may_have_had_an_effect_is_asked_once()
    {
        using var response = await _gateway.Http.PostAsync("/v2/break", new StringContent("{}"));
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(1, _one.Requests + _two.Requests);
    }

    [Fact]
    public async Task A_replica_that_stops_under_load_costs_no_request_that_only_reads()
    {
        var statuses = await StopOneUnderLoadAsync(() => _gateway.Http.GetAsync("/v2/models"));
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task A_replica_that_stops_under_load_costs_others_no_more_than_what_was_under_way()
    {
        var statuses = await StopOneUnderLoadAsync(() => _gateway.Http.PostAsync("/v2/models/m/infer", new StringContent("{}")));
        var failed = statuses.Where(status => status != HttpStatusCode.OK).ToList();
        Assert.InRange(failed.Count, 0, Callers);
        Assert.All(failed, status => Assert.Equal(HttpStatusCode.BadGateway, status));
    }

    [Fact]
    public async Task A_replica_that_is_not_ready_is_passed_over_until_it_is()
    {
        await using var gateway = await StartGatewayAsync(Edge.Watchful);
        _one.IsReady = false;
        await Eventually.TrueAsync(async () => await ShareOfOneAsync(gateway) == 0, "the replica gets nothing");
        _one.IsReady = true;
        await Eventually.TrueAsync(async () => await ShareOfOneAsync(gateway) > 0, "the replica gets its share again");
    }

    [Fact]
    public async Task Where_no_replica_says_that_it_is_ready_they_are_asked_all_the_same()
    {
        await using var gateway = await StartGatewayAsync(Edge.Watchful);
        (_one.IsReady, _two.IsReady) = (false, false);
        await Eventually.TrueAsync(async () =>
        {
            using var ready = await gateway.Http.GetAsync("/health/ready");
            return ready.StatusCode == HttpStatusCode.ServiceUnavailable;
        }, "the gateway has noticed");
        await gateway.Http.GetAsync("/v2/models").JsonAsync();
    }

    private Task<TestHost> StartGatewayAsync(params IEnumerable<KeyValuePair<string, string?>> settings) =>
        Edge.StartGatewayAsync([Edge.Setting("Inference", _one.Address, _two.Address), .. settings]);

    private async Task<int> ShareOfOneAsync(TestHost gateway)
    {
        var before = _one.Requests;
        for (var i = 0; i < 20; i++) await gateway.Http.GetAsync("/v2/models").JsonAsync();
        return _one.Requests - before;
    }

    private async Task<List<HttpStatusCode>> StopOneUnderLoadAsync(Func<Task<HttpResponseMessage>> ask)
    {
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(_ => CallAsync(ask, stop.Token)).ToList();
        await Eventually.TrueAsync(() => _one.Requests > 100, "traffic flows");
        await _one.DisposeAsync();
        var before = _two.Requests;
        await Eventually.TrueAsync(() => _two.Requests > before + 200, "the other replica takes over");
        await stop.CancelAsync();
        var statuses = (await Task.WhenAll(callers)).SelectMany(some => some).ToList();
        Assert.True(statuses.Count > 300);
        return statuses;
    }

    private static async Task<List<HttpStatusCode>> CallAsync(Func<Task<HttpResponseMessage>> ask, CancellationToken stop)
    {
        var statuses = new List<HttpStatusCode>();
        while (!stop.IsCancellationRequested)
        {
            using var response = await ask();
            statuses.Add(response.StatusCode);
        }
        return statuses;
    }
}
