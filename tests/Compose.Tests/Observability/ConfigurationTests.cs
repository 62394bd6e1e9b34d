using System.Text.Json.Nodes;
using Platform.Compose.Tests.Files;
using Platform.Compose.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Observability;

namespace Platform.Compose.Tests.Observability;

/// <summary>The configurations, as the tools that come with Prometheus and Alertmanager read them.</summary>
public sealed class ConfigurationTests : IClassFixture<InstalledTools>
{
    [Fact]
    public Task Prometheus_takes_its_configuration_and_the_rules() => ToolAgreesAsync("promtool", "check", "config", Observability("prometheus.yaml"));

    [Fact]
    public Task Alertmanager_takes_its_configuration() => ToolAgreesAsync("amtool", "check-config", Observability("alertmanager.yaml"));

    [Fact]
    public Task Every_alert_fires_on_what_it_is_about_and_on_nothing_less() =>
        ToolAgreesAsync("promtool", "test", "rules", Repository.PathOf("tests", "Compose.Tests", "Observability", "rules.tests.yaml"));

    [Fact]
    public void Every_alert_has_a_test()
    {
        var alerts = Yaml.Read(Observability("rules.yaml"))["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray())
            .Select(rule => rule!["alert"]!.ToString());
        var tested = Yaml.Read(Repository.PathOf("tests", "Compose.Tests", "Observability", "rules.tests.yaml"))["tests"]!.AsArray()
            .SelectMany(test => test!["alert_rule_test"]!.AsArray()).Where(test => test!["exp_alerts"] is not null)
            .Select(test => test!["alertname"]!.ToString());
        Assert.Equal(alerts.Order(), tested.Distinct().Order());
    }

    [Fact]
    public void What_to_do_about_every_alert_is_written_down()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "deployment.md"));
        var alerts = Yaml.Read(Observability("rules.yaml"))["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray())
            .Select(rule => rule!["alert"]!.ToString());
        Assert.All(alerts, alert => Assert.Matches($@"(?m)^\|[\w, ]*\b{alert}\b", page));
    }

    [Fact]
    public void Prometheus_scrapes_every_service_at_the_port_that_it_listens_on()
    {
        var sources = Yaml.Read(Observability("prometheus.yaml"))["scrape_configs"]!.AsArray()
            .Single(job => job!["job_name"]!.ToString() == "platform")!["dns_sd_configs"]!.AsArray();
        var source = Assert.Single(sources)!;
        var services = ComposeFile.Load("platform.yaml").Ours.Select(service => service.Name);
        Assert.Equal(services.Order(), source["names"]!.AsArray().Select(name => name!.ToString()).Order());
        Assert.Equal(Images.Dockerfile.Named("runtime").The("EXPOSE"), source["port"]!.ToString());
    }

    [Fact]
    public void The_collector_passes_on_what_the_services_send_to_a_container_that_is_there()
    {
        var collector = Yaml.Read(Observability("collector.yaml"));
        var compose = ComposeFile.Load("platform.yaml observability.yaml");
        var endpoint = new Uri(compose.Service("inference").Environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.NotNull(compose.Service(endpoint.Host));
        Assert.Equal($"0.0.0.0:{endpoint.Port}", collector["receivers"]!["otlp"]!["protocols"]!["grpc"]!["endpoint"]!.ToString());
        Assert.NotNull(compose.Service(collector["exporters"]!["otlp"]!["endpoint"]!.ToString().Split(':')[0]));

        var pipeline = collector["service"]!["pipelines"]!["traces"]!;
        foreach (var part in new[] { "receivers", "processors", "exporters" })
            Assert.All(pipeline[part]!.AsArray(), name => Assert.NotNull(collector[part]![name!.ToString()]));
    }

    [Fact]
    public void Grafana_is_given_data_sources_that_are_there_and_the_dashboards_use_them()
    {
        var compose = ComposeFile.Load("platform.yaml observability.yaml");
        var sources = Yaml.Read(Observability("grafana", "provisioning", "datasources", "datasources.yaml"))["datasources"]!.AsArray();
        Assert.All(sources, source => Assert.NotNull(compose.Service(new Uri(source!["url"]!.ToString()).Host)));

        var known = sources.Select(source => source!["uid"]!.ToString()).ToHashSet();
        Assert.All(Dashboard.All, dashboard => Assert.Subset(known, dashboard.DataSources.ToHashSet()));
    }

    [Fact]
    public void Grafana_finds_the_dashboards_where_they_are_mounted()
    {
        var provider = Yaml.Read(Observability("grafana", "provisioning", "dashboards", "dashboards.yaml"))["providers"]!.AsArray().Single()!;
        var mounts = ComposeFile.Load("platform.yaml observability.yaml").Service("grafana").Volumes;
        Assert.Contains($"./observability/grafana/dashboards:{provider["options"]!["path"]}:ro", mounts);
    }

    [Fact]
    public void Dashboards_have_ids_of_their_own_and_panels_that_do_not_overlap()
    {
        Assert.Equal(Dashboard.All.Count, Dashboard.All.Select(dashboard => dashboard.Id).Distinct().Count());
        Assert.All(Dashboard.All, dashboard =>
        {
            Assert.Equal(dashboard.Panels.Count, dashboard.Panels.Select(panel => panel["id"]!.GetValue<int>()).Distinct().Count());
            var cells = dashboard.Panels.SelectMany(Cells).ToList();
            Assert.Equal(cells.Count, cells.Distinct().Count());
        });
    }

    private static IEnumerable<(int X, int Y)> Cells(JsonObject panel)
    {
        var at = panel["gridPos"]!;
        var (x, y, width, height) = (at["x"]!.GetValue<int>(), at["y"]!.GetValue<int>(), at["w"]!.GetValue<int>(), at["h"]!.GetValue<int>());
        Assert.InRange(x + width, 1, 24);
        return from column in Enumerable.Range(x, width) from row in Enumerable.Range(y, height) select (column, row);
    }

    private static string Observability(params string[] file) => Repository.PathOf(["compose", "observability", .. file]);

    private static async Task ToolAgreesAsync(string tool, params string[] arguments)
    {
        var (exitCode, output) = await ChildProcess.RunAsync($"/usr/bin/{tool}", arguments);
        Assert.True(exitCode == 0, output);
    }
}
