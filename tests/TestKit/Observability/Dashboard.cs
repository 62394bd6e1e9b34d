using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Platform.TestKit.Observability;

/// <summary>A Grafana dashboard.</summary>
public sealed partial record Dashboard(string File, JsonObject Node)
{
    public static IReadOnlyList<Dashboard> All { get; } =
        [.. Directory.GetFiles(Repository.PathOf("compose", "observability", "grafana", "dashboards"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => new Dashboard(Path.GetFileName(file), JsonNode.Parse(System.IO.File.ReadAllText(file))!.AsObject()))];

    public string Id => Node["uid"]!.ToString();

    public IReadOnlyList<JsonObject> Panels => [.. Node["panels"]!.AsArray().Select(panel => panel!.AsObject())];

    /// <summary>The data sources of panels, queries and variables.</summary>
    public IEnumerable<string> DataSources => Panels.SelectMany(panel => Targets(panel).Append(panel)).Concat(Variables)
        .Select(item => item["datasource"]?["uid"]?.ToString()).OfType<string>();

    private IEnumerable<JsonObject> Variables => Node["templating"]!["list"]!.AsArray().Select(variable => variable!.AsObject());

    /// <summary>Every query with the title of its panel, the variables of Grafana filled in as with "All" over ten minutes.</summary>
    public IEnumerable<(string Panel, string Query)> Queries(string window) =>
        from panel in Panels
        from target in Targets(panel)
        select (panel["title"]!.ToString(), Fill(target["expr"]!.ToString(), window));

    /// <summary>The metrics that variables take their values from.</summary>
    public IEnumerable<string> VariableSources =>
        Variables.Select(variable => LabelValues().Match(variable["query"]!["query"]!.ToString()).Groups["series"].Value);

    private static IEnumerable<JsonObject> Targets(JsonObject panel) => (panel["targets"]?.AsArray() ?? []).Select(target => target!.AsObject());

    private static string Fill(string query, string window) => query
        .Replace("$__rate_interval", window, StringComparison.Ordinal).Replace("$__interval", window, StringComparison.Ordinal)
        .Replace("$model", ".*", StringComparison.Ordinal).Replace("$component", ".*", StringComparison.Ordinal);

    [GeneratedRegex(@"^label_values\((?<series>.+), \w+\)$")]
    private static partial Regex LabelValues();
}
