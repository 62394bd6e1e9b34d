using System.Text.Json.Nodes;
using Platform.Compose.Tests.Files;
using Platform.Compose.Tests.Images;
using Platform.Compose.Tests.Running;

namespace Platform.Compose.Tests.Kubernetes;

public sealed class WorkloadTests
{
    private static readonly Stage Image = Dockerfile.Named("runtime");

    public static TheoryData<string, string> Workloads
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var folder in Kustomization.Folders)
                foreach (var workload in Kustomization.Load(folder).Workloads) data.Add(folder, workload.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void A_workload_runs_the_image_of_a_service_that_is_here(string folder, string name)
    {
        var workload = Find(folder, name);
        Assert.Equal(name, workload.Service);
        Assert.Contains(workload.Service, Programs.Services);
        Assert.Matches(@"^platform/[a-z]+:\d+\.\d+\.\d+(-gpu)?$", workload.Image);
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Its_port_is_the_one_that_the_image_listens_on(string folder, string name) =>
        Assert.Equal(Image.The("EXPOSE"), Assert.Single(Find(folder, name).Ports).Value);

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Its_probes_ask_for_health_at_a_port_that_it_has(string folder, string name)
    {
        var workload = Find(folder, name);
        foreach (var kind in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
            Assert.Contains(workload.Probe(kind).Port, workload.Ports.Keys);
        Assert.Equal("/health/live", workload.Probe("startupProbe").Path);
        Assert.Equal("/health/live", workload.Probe("livenessProbe").Path);
        // The gateway's own readiness tells of all four services; an outage of one must not take it off the network.
        Assert.Equal(name == "gateway" ? "/health/live" : "/health/ready", workload.Probe("readinessProbe").Path);
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void It_satisfies_the_restricted_pod_security_standard_as_the_user_of_the_image(string folder, string name)
    {
        var (pod, container) = (Find(folder, name).Pod["securityContext"]!, Find(folder, name).Container["securityContext"]!);
        Assert.True(pod["runAsNonRoot"]!.GetValue<bool>());
        Assert.Equal(Image.The("USER"), $"{pod["runAsUser"]}:{pod["runAsGroup"]}");
        Assert.Equal(pod["runAsGroup"]!.ToString(), pod["fsGroup"]!.ToString());
        Assert.Equal("RuntimeDefault", pod["seccompProfile"]!["type"]!.ToString());
        Assert.False(container["allowPrivilegeEscalation"]!.GetValue<bool>());
        Assert.True(container["readOnlyRootFilesystem"]!.GetValue<bool>());
        Assert.Equal(["ALL"], container["capabilities"]!["drop"]!.AsArray().Select(capability => capability!.ToString()));
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void What_it_mounts_is_declared_and_what_is_declared_is_mounted(string folder, string name)
    {
        var workload = Find(folder, name);
        var declared = Names(workload.Pod["volumes"]).Concat(Names(workload.Node["spec"]!["volumeClaimTemplates"], "metadata")).Order();
        Assert.Equal(declared, Names(workload.Container["volumeMounts"]).Order());
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void A_service_that_writes_files_writes_to_a_volume(string folder, string name)
    {
        var mounts = Find(folder, name).Container["volumeMounts"]!.AsArray().Select(mount => mount!["mountPath"]!.ToString()).ToList();
        Assert.Contains("/tmp", mounts);
        if (name != "gateway") Assert.Contains(Image.Environment["Storage__Directory"], mounts);
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Its_memory_is_bounded_and_asked_for(string folder, string name)
    {
        var resources = Find(folder, name).Container["resources"]!;
        Assert.NotNull(resources["limits"]!["memory"]);
        Assert.NotNull(resources["requests"]!["memory"]);
        Assert.NotNull(resources["requests"]!["cpu"]);
    }

    [Fact]
    public void The_gpu_overlay_places_inference_on_a_gpu_and_changes_nothing_else()
    {
        var gpu = Find("gpu", "inference");
        Assert.Equal("1", gpu.Container["resources"]!["limits"]!["nvidia.com/gpu"]!.ToString());
        Assert.NotNull(gpu.Pod["nodeSelector"]);
        Assert.EndsWith("-gpu", gpu.Image, StringComparison.Ordinal);
        var others = Kustomization.Load("base").Workloads.Where(workload => workload.Name != "inference");
        Assert.All(others, workload => Assert.True(JsonNode.DeepEquals(workload.Node, Find("gpu", workload.Name).Node), workload.Name));
    }

    private static Workload Find(string folder, string name) => Kustomization.Load(folder).Workloads.Single(workload => workload.Name == name);

    private static IEnumerable<string> Names(JsonNode? items, string? below = null) =>
        (items?.AsArray() ?? []).Select(item => (below is null ? item : item![below])!["name"]!.ToString());
}
