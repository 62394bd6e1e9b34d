using System.Net;
using System.Net.Http.Json;
using Platform.Contracts.Inference;
using Platform.Contracts.Monitor;
using Platform.Monitor.Routes;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Routes;

public sealed class RouteCountTests() : DividedCredit(seed: 3)
{
    [Fact]
    public async Task Requests_errors_times_and_labels_are_told_by_version_and_route()
    {
        for (var at = 0; at < 100; at++)
            Send($"a{at}", "1", "champion", milliseconds: 1);
        for (var at = 0; at < 100; at++)
            Send($"b{at}", "2", at < 60 ? "challenger" : "version", milliseconds: 100, failed: at < 10);
        await HearAsync("1", "champion", count => count.Requests == 100);
        await LabelAsync("b", 100, right: at => at % 2 == 0);

        var challenger = await HearAsync("2", "challenger", count => count.Labelled == 50);

        Assert.Equal((60, 10, 25), (challenger.Requests, challenger.Errors, challenger.Correct));
        Assert.Equal((50, RouteTally.BucketOf(100) + 1), (challenger.LatencyCounts[^1], challenger.LatencyCounts.Count));
        Assert.Equal((40, 0, 40), await HearAsync("2", "version", _ => true) is var named ? (named.Requests, named.Errors, named.Labelled) : default);
    }

    [Fact]
    public async Task After_a_restart_nothing_is_counted_twice_or_lost()
    {
        for (var at = 0; at < 130; at++) // a window closes after 100, and 30 lie in the next
            Send($"a{at}", "1", "champion", milliseconds: 1);
        await HearAsync("1", "champion", count => count.Requests == 130);
        await LabelAsync("a", 100, right: _ => true);
        await HearAsync("1", "champion", count => count.Labelled == 100);

        await _monitor.DisposeAsync();
        _monitor = await MonitorHost.StartAsync(_registry, _folder.Path);
        Send("last", "1", "champion", milliseconds: 1);

        var count = await HearAsync("1", "champion", count => count.Requests > 130);
        Assert.Equal((131, 131, 100, 100), (count.Requests, count.LatencyCounts.Sum(), count.Labelled, count.Correct));
    }

    [Fact]
    public async Task Where_nothing_is_divided_nothing_is_told()
    {
        await HearAsync("1", "champion", _ => true, send: true);
        _registry.Deploy(Credit.Version() with { Model = "other" }, []);
        _registry.Split("other", new() { Version = "1", Weight = 0.5, Role = "champion" }, new() { Version = "2", Weight = 0.5, Role = "challenger" });
        _registry.Split("credit");

        // Each round tells of every model whose requests are divided, of which there is another one.
        await Eventually.TrueAsync(
            () => _monitor.Events.Of<RoutesCounted>().TakeLast(10).Count(counted => counted.Model == "other") == 10, "the monitor says no more of it");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.0625, 0)]
    [InlineData(0.0626, 1)]
    [InlineData(0.125, 8)]
    [InlineData(1, 32)]
    [InlineData(1e12, 175)]
    public void A_time_has_its_bucket(double milliseconds, int bucket) => Assert.Equal(bucket, RouteTally.BucketOf(milliseconds));

    private void Send(string id, string version, string route, double milliseconds, bool failed = false)
    {
        var record = failed ? Credit.Failure(id, PredictionStatus.Failed, version) : Credit.Prediction(id, Credit.Applicant(_random), version: version);
        _monitor.Log(record with { Data = record.Data with { Route = route, Timings = record.Data.Timings with { TotalMicros = (long)(milliseconds * 1000) } } });
        if (!failed)
            _truth[id] = Classes(record);
    }

    private readonly Dictionary<string, string> _truth = [];

    private static string Classes(PredictionLogged record) => record.Data.Outputs[0].Data[1].GetDouble() >= 0.5 ? "bad" : "good";

    private async Task LabelAsync(string prefix, int count, Func<int, bool> right)
    {
        var labels = Enumerable.Range(0, count).Where(at => _truth.ContainsKey($"{prefix}{at}")).Select(at => new
        {
            predictionId = $"{prefix}{at}",
            label = right(at) ? _truth[$"{prefix}{at}"] : _truth[$"{prefix}{at}"] == "bad" ? "good" : "bad",
        });
        using var answer = await _monitor.Http.PostAsJsonAsync("/v1/models/credit/ground-truth", labels);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private Task<RouteCount> HearAsync(string version, string route, Predicate<RouteCount> until, bool send = false) => Eventually.ValueAsync(() =>
    {
        if (send)
            Send($"s{_random.Next()}", version, route, milliseconds: 1);
        var latest = _monitor.Events.Of<RoutesCounted>().LastOrDefault()?.Routes.FirstOrDefault(count => count.Version == version && count.Route == route);
        return Task.FromResult(latest is not null && until(latest) ? latest : null);
    }, $"{route} of version {version} is told of");
}
