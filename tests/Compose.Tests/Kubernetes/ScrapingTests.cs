using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Compose.Tests.Files;
using Platform.TestKit;

namespace Platform.Compose.Tests.Kubernetes;

/// <summary>Prometheus in a cluster finds our pods, and gives their metrics the labels that rules and autoscalers go by.</summary>
public sealed class ScrapingTests
{
    private const string Namespace = "platform";

    private static readonly JsonNode Job = Assert.Single(
        Yaml.Read(Repository.PathOf("compose", "kubernetes", "prometheus.yaml"))["scrape_configs"]!.AsArray())!;

    [Fact]
    public void Every_pod_of_ours_is_scraped_under_the_name_of_its_service()
    {
        Assert.All(Kustomization.Load("base").Workloads, workload =>
        {
            var labels = Relabel(Discovered(workload));
            Assert.NotNull(labels);
            Assert.Equal((workload.Name, Namespace, "a-pod"), (labels["component"], labels["namespace"], labels["pod"]));
        });
    }

    [Fact]
    public void A_pod_of_somebody_else_is_not()
    {
        var labels = Discovered(Kustomization.Load("base").Workloads[0]);
        labels.Remove("__meta_kubernetes_pod_label_app_kubernetes_io_part_of");
        Assert.Null(Relabel(labels));
    }

    [Fact]
    public void The_job_is_the_one_that_the_rules_and_the_compose_files_know()
    {
        var compose = Yaml.Read(Repository.PathOf("compose", "observability", "prometheus.yaml"))["scrape_configs"]!.AsArray();
        var job = compose.Single(item => item!["relabel_configs"] is JsonArray steps && steps.Any(step => $"{step!["target_label"]}" == "component"))!;
        Assert.Equal(job["job_name"]!.ToString(), Job["job_name"]!.ToString());
        Assert.Contains($"up{{job=\"{Job["job_name"]}\"}}", File.ReadAllText(Repository.PathOf("compose", "observability", "rules.yaml")));
        Assert.Equal([Namespace], Job["kubernetes_sd_configs"]![0]!["namespaces"]!["names"]!.AsArray().Select(name => name!.ToString()));
    }

    [Fact]
    public void The_labels_that_the_adapter_asks_for_are_given()
    {
        var rules = Yaml.Read(Repository.PathOf("compose", "kubernetes", "prometheus-adapter.yaml"))["rules"]!["custom"]!.AsArray();
        var asked = rules.SelectMany(rule => rule!["resources"]!["overrides"]!.AsObject()).Select(label => label.Key).Distinct();
        var given = Job["relabel_configs"]!.AsArray().Select(step => $"{step!["target_label"]}");
        Assert.Subset(given.ToHashSet(), asked.ToHashSet());
    }

    // What Prometheus's discovery knows of a pod's port.
    private static Dictionary<string, string> Discovered(Workload workload)
    {
        var pod = workload.Node["spec"]!["template"]!["metadata"]!;
        var labels = new Dictionary<string, string>
        {
            ["__meta_kubernetes_namespace"] = Namespace,
            ["__meta_kubernetes_pod_name"] = "a-pod",
            ["__meta_kubernetes_pod_phase"] = "Running",
            ["__meta_kubernetes_pod_container_port_name"] = Assert.Single(workload.Ports).Key,
        };
        foreach (var (name, value) in Workload.Labels(pod["labels"])) labels[$"__meta_kubernetes_pod_label_{Clean(name)}"] = value;
        foreach (var (name, value) in Workload.Labels(pod["annotations"])) labels[$"__meta_kubernetes_pod_annotation_{Clean(name)}"] = value;
        return labels;
    }

    private static string Clean(string name) => Regex.Replace(name, "[^a-zA-Z0-9_]", "_");

    /// <summary>Prometheus's relabelling, as far as it is used here; null for a target that is dropped.</summary>
    private static Dictionary<string, string>? Relabel(Dictionary<string, string> labels)
    {
        foreach (var step in Job["relabel_configs"]!.AsArray())
        {
            var value = string.Join(';', step!["source_labels"]!.AsArray().Select(label => labels.GetValueOrDefault($"{label}", "")));
            var matches = Regex.IsMatch(value, $"^(?:{step["regex"]?.ToString() ?? "(.*)"})$");
            switch (step["action"]?.ToString())
            {
                case "keep" when !matches: case "drop" when matches: return null;
                case null: labels[$"{step["target_label"]}"] = value; break;
            }
        }
        return labels;
    }
}
