using Platform.Contracts.Registry;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Monitoring;

[Collection(nameof(MonitorMetricsTests))]
public sealed class VersionMetricsTests
{
    private const string Drift = """platform_monitor_drifted_share{model="credit",version="1"}""";

    [Fact]
    public async Task The_drift_of_a_version_ends_with_its_service()
    {
        await using var registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(400);
        registry.Deploy(Credit.Version(), rows, predictions);
        await using var monitor = await MonitorHost.StartAsync(registry);
        var random = new Random(5);
        for (var at = 0; at < 100; at++)
            monitor.Log(Credit.Prediction($"p{at}", Credit.YoungApplicant(random)));
        await Eventually.TrueAsync(async () => (await monitor.Http.GetStringAsync("/metrics")).Contains(Drift), "drift was measured");

        registry.Withdraw("credit");

        await Eventually.TrueAsync(
            async () => await monitor.Http.GetStringAsync("/metrics") is var metrics && !metrics.Contains("model=\"credit\""),
            "the series of the version ended");
    }

    [Fact]
    public async Task Alerts_name_the_model_and_version_however_many_there_are()
    {
        const int models = 600;
        await using var registry = await StubRegistry.StartAsync();
        for (var model = 0; model < models; model++)
            registry.Deploy(new ModelVersionDescription { Model = $"m{model}", Version = "1" }, []);
        await using var monitor = await MonitorHost.StartAsync(registry);

        var alerts = (await monitor.Http.GetStringAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith("platform_monitor_alerts_total{", StringComparison.Ordinal)).ToList();

        Assert.Equal(models, alerts.Count(line => line.Contains("rule=\"data-drift\"")));
        Assert.All(alerts, line => Assert.Matches("model=\"m[0-9]+\".+version=\"1\"", line));
    }
}
