using Platform.TestKit;

namespace Platform.Monitor.Tests.Windows;

public sealed class QuietWindowTests
{
    [Fact]
    public async Task A_window_whose_traffic_has_ended_is_closed_by_time()
    {
        await using var registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(100);
        registry.Deploy(Credit.Version(), rows, predictions);
        await using var monitor = await MonitorHost.StartAsync(registry, null, ("Monitor:Windows:MaxAge", "00:00:00.200"));
        var random = new Random(1);
        monitor.Log(Credit.Prediction("p", [.. Enumerable.Range(0, 30).Select(_ => Credit.Applicant(random))]));

        var window = (await monitor.WindowsAsync("credit", 1))["windows"]![0]!;

        Assert.Equal(30, window["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_monitor_that_catches_up_makes_the_windows_that_it_would_have_made_in_time()
    {
        await using var registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(100);
        registry.Deploy(Credit.Version(), rows, predictions);
        await using var monitor = await MonitorHost.StartAsync(registry);
        var random = new Random(1);
        var start = DateTimeOffset.UtcNow.AddHours(-1);

        for (var at = 0; at < 100; at++)
        {
            monitor.Log(Credit.Prediction($"p{at}", Credit.Applicant(random), start.AddSeconds(at)));
            if (at % 5 == 4 && at < 99)
                await Eventually.TrueAsync(async () => await OpenAsync(monitor) == at + 1, $"{at + 1} of the old predictions were counted");
        }
        var window = (await monitor.WindowsAsync("credit", 1))["windows"]![0]!;

        Assert.Equal(100, window["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Old_windows_make_room_and_pages_reach_the_rest()
    {
        await using var registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(100);
        registry.Deploy(Credit.Version(), rows, predictions);
        await using var monitor = await MonitorHost.StartAsync(registry, null, ("Monitor:Windows:Keep", "3"));
        var random = new Random(1);
        for (var at = 0; at < 500; at++)
            monitor.Log(Credit.Prediction($"p{at}", Credit.Applicant(random)));

        await Eventually.TrueAsync(async () => await LatestAsync(monitor) == 5, "five windows");
        var page = await monitor.MonitoringAsync("credit", "?limit=2");
        var rest = await monitor.MonitoringAsync("credit", $"?limit=2&after={page["next"]!.GetValue<string>()}");

        Assert.Equal([4, 5], page["windows"]!.AsArray().Select(window => window!["sequence"]!.GetValue<int>()));
        Assert.Equal([3], rest["windows"]!.AsArray().Select(window => window!["sequence"]!.GetValue<int>()));
        Assert.Null(rest["next"]);
    }

    private static async Task<int?> OpenAsync(MonitorHost monitor) =>
        (await monitor.MonitoringAsync("credit"))["open"]?["count"]!.GetValue<int>();

    private static async Task<int> LatestAsync(MonitorHost monitor) =>
        (await monitor.MonitoringAsync("credit"))["windows"]!.AsArray().LastOrDefault()?["sequence"]!.GetValue<int>() ?? 0;
}
