using System.Text.RegularExpressions;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Observability;

namespace Platform.EndToEnd.Tests.Observability;

/// <summary>What dashboards, rules and autoscalers ask for is what the running services say.</summary>
[Collection(LoopInDistributed.Name)]
public sealed class ObservedPlatformTests(ObservedPlatform platform) : IClassFixture<ObservedPlatform>
{
    private const string Window = "30s";

    private static readonly TimeSpan Patience = Eventually.Patience;

    [Fact]
    public async Task Every_query_of_a_dashboard_finds_data()
    {
        var queries = Dashboard.All.SelectMany(dashboard => dashboard.Queries(Window).Select(query => $"{query.Query}  # {dashboard.Id}, {query.Panel}")).ToList();
        Assert.True(queries.Count > 50, $"only {queries.Count} queries");
        await FindDataAsync(queries);
    }

    [Fact]
    public Task Every_metric_that_a_rule_a_variable_or_an_autoscaler_names_is_there() => FindDataAsync(
        Rules().Select(rule => rule.Query).Concat(Dashboard.All.SelectMany(dashboard => dashboard.VariableSources)).Concat(AdapterSeries())
            .SelectMany(Promql.Metrics).Distinct());

    [Fact]
    public async Task Every_metric_of_the_platform_is_on_a_dashboard()
    {
        await FindDataAsync(["platform_monitor_records_total"]);
        var named = await platform.Prometheus.FindAsync("count by (__name__) ({__name__=~'platform_.+'})");
        Assert.NotEmpty(named);
        var shown = Dashboard.All.SelectMany(dashboard => dashboard.Queries(Window)).SelectMany(query => Promql.Metrics(query.Query)).Select(Family);
        Assert.Empty(named.Select(sample => Family(sample!["metric"]!["__name__"]!.ToString())).Distinct().Except(shown).Order());
    }

    [Fact]
    public async Task Every_rule_is_evaluated()
    {
        await Eventually.TrueAsync(
            async () => (await platform.Prometheus.RulesAsync()).All(rule => rule["health"]!.ToString() == "ok"), "every rule was evaluated", Patience);
        var evaluated = (await platform.Prometheus.RulesAsync()).Select(rule => rule["name"]!.ToString());
        Assert.Equal(Rules().Select(rule => rule.Name).Order(), evaluated.Order());
    }

    [Fact]
    public Task Every_service_is_scraped() => FindDataAsync(
        new[] { "explainer", "gateway", "inference", "monitor", "registry" }.Select(service => $"up{{job=\"platform\",component=\"{service}\"}} == 1"));

    private async Task FindDataAsync(IEnumerable<string> queries)
    {
        var missing = queries.ToList();
        try
        {
            await Eventually.TrueAsync(async () =>
            {
                foreach (var query in missing.ToList())
                    if ((await platform.Prometheus.FindAsync(query)).Count > 0) missing.Remove(query);
                return missing.Count == 0;
            }, "every query finds data", Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"These find no data:\n{string.Join('\n', missing)}");
        }
    }

    /// <summary>A histogram's series are one metric.</summary>
    private static string Family(string series) => Regex.Replace(series, "_(bucket|sum|count)$", "");

    private static IEnumerable<(string Name, string Query)> Rules() =>
        Yaml.Read(Repository.PathOf("compose", "observability", "rules.yaml"))["groups"]!.AsArray()
            .SelectMany(group => group!["rules"]!.AsArray()).Select(rule => (rule!["alert"]!.ToString(), rule["expr"]!.ToString()));

    private static IEnumerable<string> AdapterSeries() =>
        Yaml.Read(Repository.PathOf("compose", "kubernetes", "prometheus-adapter.yaml"))["rules"]!["custom"]!.AsArray()
            .Select(rule => rule!["seriesQuery"]!.ToString());
}
