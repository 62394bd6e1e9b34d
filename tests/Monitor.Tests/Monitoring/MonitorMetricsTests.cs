using Platform.TestKit;

namespace Platform.Monitor.Tests.Monitoring;

/// <summary>Alone, because hosts of one process share the names of their meters.</summary>
[CollectionDefinition(nameof(MonitorMetricsTests), DisableParallelization = true)]
[Collection(nameof(MonitorMetricsTests))]
public sealed class MonitorMetricsTests
{
    [Fact]
    public async Task What_is_found_is_in_the_metrics_and_counters_begin_at_zero()
    {
        await using var registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(400);
        registry.Deploy(Credit.Version(), rows, predictions);
        await using var monitor = await MonitorHost.StartAsync(registry);
        var before = await monitor.Http.GetStringAsync("/metrics");

        var random = new Random(5);
        for (var at = 0; at < 200; at++)
            monitor.Log(Credit.Prediction($"p{at}", Credit.YoungApplicant(random)));
        await monitor.AlertAsync("data-drift");
        var after = await Eventually.ValueAsync(
            async () => await monitor.Http.GetStringAsync("/metrics") is var metrics && metrics.Contains("platform_monitor_records_total{} 200") ? metrics : null,
            "all records were counted");

        Assert.Contains("""platform_monitor_windows_total{model="credit",version="1"} 0""", before);
        Assert.Contains("platform_monitor_labels_total{outcome=\"dropped\"} 0", before);
        Assert.Contains("""platform_monitor_windows_total{model="credit",version="1"} 2""", after);
        Assert.Contains("""platform_monitor_predictions_total{model="credit",version="1"} 200""", after);
        Assert.Contains("""platform_monitor_drifted_share{model="credit",version="1"} 0.5""", after);
        Assert.Contains("platform_monitor_open_alerts{rule=\"data-drift\",severity=\"warning\"} 1", after);
        Assert.Contains("platform_monitor_newest_record_age_seconds", after);
    }

    [Fact]
    public async Task Records_that_are_passed_over_are_counted()
    {
        await using var registry = await StubRegistry.StartAsync();
        await using var monitor = await MonitorHost.StartAsync(registry);

        monitor.Log("""{"id":"x","subject":"credit","data":{"version":"1","rows":"many"}}"""u8);

        await Eventually.TrueAsync(
            async () => (await monitor.Http.GetStringAsync("/metrics")).Contains("platform_monitor_unreadable_total{} 1"), "the record was counted");
    }
}
