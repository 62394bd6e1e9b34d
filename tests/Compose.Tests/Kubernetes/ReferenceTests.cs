using System.Text.Json.Nodes;
using Platform.Compose.Tests.Files;
using Platform.TestKit;

namespace Platform.Compose.Tests.Kubernetes;

/// <summary>Objects name one another: by selector, by name, by metric.</summary>
public sealed class ReferenceTests
{
    private static readonly Kustomization Base = Kustomization.Load("base");

    private static readonly IReadOnlyList<JsonObject> Secrets =
        [.. Yaml.ReadAll(Repository.PathOf("compose", "kubernetes", "secrets.example.yaml")).Select(node => node.AsObject())];

    [Fact]
    public void Every_object_has_a_version_a_kind_and_a_name_of_its_own()
    {
        Assert.All(Base.Objects, item => Assert.NotNull(item["apiVersion"]));
        var names = Base.Objects.Select(item => $"{Kustomization.Kind(item)}/{Kustomization.Name(item)}").ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Theory]
    [InlineData("Deployment", "selector matchLabels")]
    [InlineData("StatefulSet", "selector matchLabels")]
    [InlineData("Service", "selector")]
    [InlineData("PodDisruptionBudget", "selector matchLabels")]
    public void A_selector_finds_the_pods_of_the_workload_of_its_name(string kind, string path)
    {
        Assert.NotEmpty(Base.Of(kind));
        Assert.All(Base.Of(kind), item =>
        {
            var selector = Workload.Labels(path.Split(' ').Aggregate(item["spec"], (node, key) => node![key]));
            var found = Base.Workloads.Where(workload => selector.All(label => workload.PodLabels.GetValueOrDefault(label.Key) == label.Value));
            Assert.Equal(Kustomization.Name(item).Replace("-replicas", ""), Assert.Single(found).Name);
        });
    }

    [Fact]
    public void Every_workload_is_reached_by_a_service_at_a_port_that_it_has()
    {
        Assert.All(Base.Workloads, workload =>
        {
            var service = Base.Of("Service").Single(item => Kustomization.Name(item) == workload.Name);
            Assert.All(service["spec"]!["ports"]!.AsArray(), port => Assert.Contains(port!["targetPort"]!.ToString(), workload.Ports.Keys));
        });
    }

    [Fact]
    public void Every_address_of_a_service_in_a_config_map_is_one_that_a_service_answers()
    {
        var ours = Base.Of("Service").Select(Kustomization.Name).ToHashSet();
        var addresses = Base.Of("ConfigMap").SelectMany(map => map["data"]!.AsObject()).Select(entry => entry.Value!.ToString())
            .Where(value => Uri.TryCreate(value, UriKind.Absolute, out var uri) && ours.Contains(uri.Host)).Select(value => new Uri(value)).ToList();
        Assert.NotEmpty(addresses);
        Assert.All(addresses, address =>
        {
            var service = Base.Of("Service").Single(item => Kustomization.Name(item) == address.Host);
            Assert.Contains(service["spec"]!["ports"]!.AsArray(), port => port!["port"]!.ToString() == $"{address.Port}");
        });
    }

    [Fact]
    public void A_stateful_set_has_a_headless_service()
    {
        Assert.All(Base.Of("StatefulSet"), set =>
        {
            var service = Base.Of("Service").Single(item => Kustomization.Name(item) == set["spec"]!["serviceName"]!.ToString());
            Assert.Equal("None", service["spec"]!["clusterIP"]!.ToString());
        });
    }

    [Fact]
    public void The_gateway_asks_headless_services_so_that_each_replica_is_an_address_of_its_own()
    {
        var gateway = Base.Of("ConfigMap").Single(map => Kustomization.Name(map) == "gateway")["data"]!.AsObject();
        var asked = gateway.Where(entry => Uri.TryCreate(entry.Value!.ToString(), UriKind.Absolute, out _))
            .ToDictionary(entry => entry.Key, entry => new Uri(entry.Value!.ToString()).Host);
        Assert.Equal(["Gateway__Explainer", "Gateway__Inference", "Gateway__Monitor", "Gateway__Registry"], asked.Keys.Order());
        Assert.All(asked.Values, name => Assert.Equal(
            "None", Base.Of("Service").Single(item => Kustomization.Name(item) == name)["spec"]!["clusterIP"]!.ToString()));
    }

    [Fact]
    public void Whoever_is_asked_by_a_name_takes_it_for_its_own()
    {
        var asked = Base.Of("ConfigMap").SelectMany(map => map["data"]!.AsObject()).Where(entry => !entry.Key.StartsWith("Access__", StringComparison.Ordinal))
            .Select(entry => Uri.TryCreate(entry.Value!.ToString(), UriKind.Absolute, out var address) && address.Scheme == "http" ? address.Host : null).OfType<string>();
        var own = Base.Of("ConfigMap").Single(map => Kustomization.Name(map) == "access")["data"]!.AsObject().Select(entry => entry.Value!.ToString());
        Assert.Subset(own.ToHashSet(), asked.ToHashSet());
        Assert.All(Base.Workloads, workload => Assert.Contains("Access__Hosts__0", workload.Environment(Base.Objects.Concat(Secrets)).Keys));
    }

    [Fact]
    public void What_an_autoscaler_scales_names_no_number_of_replicas_that_an_apply_would_reset_it_to()
    {
        var scaled = Base.Of("HorizontalPodAutoscaler").Select(scaler => scaler["spec"]!["scaleTargetRef"]!["name"]!.ToString()).ToHashSet();
        Assert.All(Base.Workloads, workload => Assert.Equal(!scaled.Contains(workload.Name), workload.Node["spec"]!.AsObject().ContainsKey("replicas")));
    }

    [Fact]
    public void Network_policies_keep_others_from_our_pods_and_nobody_from_the_pods_of_others()
    {
        Assert.All(Base.Of("NetworkPolicy"), policy => Assert.NotEmpty(Workload.Labels(policy["spec"]!["podSelector"]!["matchLabels"])));
        var services = Workload.Labels(Base.Of("NetworkPolicy").Single(policy => Kustomization.Name(policy) == "services")["spec"]!["podSelector"]!["matchLabels"]);
        Assert.All(Base.Workloads, workload => Assert.All(services, label => Assert.Equal(label.Value, workload.PodLabels.GetValueOrDefault(label.Key))));
    }

    [Fact]
    public void A_claimed_volume_is_there()
    {
        var claims = Base.Workloads.SelectMany(workload => workload.Pod["volumes"]?.AsArray() ?? [])
            .Select(volume => volume!["persistentVolumeClaim"]?["claimName"]?.ToString()).OfType<string>().ToList();
        Assert.NotEmpty(claims);
        Assert.All(claims, claim => Assert.Contains(Base.Of("PersistentVolumeClaim"), item => Kustomization.Name(item) == claim));
    }

    [Fact]
    public void An_autoscaler_scales_a_workload_within_what_its_disruption_budget_allows()
    {
        Assert.NotEmpty(Base.Of("HorizontalPodAutoscaler"));
        Assert.All(Base.Of("HorizontalPodAutoscaler"), scaler =>
        {
            var target = scaler["spec"]!["scaleTargetRef"]!;
            var workload = Base.Workloads.Single(item => item.Name == target["name"]!.ToString());
            Assert.Equal(Kustomization.Kind(workload.Node), target["kind"]!.ToString());
            Assert.True(scaler["spec"]!["minReplicas"]!.GetValue<long>() >= 2, "a single replica cannot be moved without an outage");
            Assert.Contains(Base.Of("PodDisruptionBudget"), budget => Kustomization.Name(budget) == workload.Name);
        });
    }

    [Fact]
    public void Every_metric_that_an_autoscaler_asks_for_is_offered_by_the_adapter()
    {
        var offered = Yaml.Read(Repository.PathOf("compose", "kubernetes", "prometheus-adapter.yaml"))["rules"]!["custom"]!.AsArray()
            .Select(rule => rule!["name"]!["as"]!.ToString()).ToHashSet();
        var wanted = Base.Of("HorizontalPodAutoscaler").SelectMany(scaler => scaler["spec"]!["metrics"]!.AsArray())
            .Select(metric => metric!["pods"]?["metric"]?["name"]?.ToString()).OfType<string>().ToHashSet();
        Assert.Equal(wanted.Order(), offered.Order());
    }
}
