using Platform.Compose.Tests.Files;
using Platform.Compose.Tests.Images;
using Platform.Compose.Tests.Running;
using Platform.TestKit;

namespace Platform.Compose.Tests.Manifests;

public sealed class ComposeFileTests
{
    private static readonly Stage Image = Dockerfile.Named("runtime");

    public static TheoryData<string> Rungs => [.. ComposeFile.Rungs];

    [Fact]
    public void Every_compose_file_is_on_a_rung_of_the_ladder()
    {
        var files = Directory.GetFiles(Repository.PathOf("compose"), "*.yaml").Select(Path.GetFileName);
        Assert.Equal(files.Order(), ComposeFile.Rungs.SelectMany(rung => rung.Split(' ')).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Images_are_pinned(string rung) =>
        Assert.All(ComposeFile.Load(rung).Services, service => Assert.Matches(@"^[a-z0-9./-]+:(?!latest$)[\w.-]+$", service.Image));

    [Theory]
    [MemberData(nameof(Rungs))]
    public void What_is_built_here_is_a_service_that_is_here_by_a_stage_that_is_there(string rung)
    {
        var ours = ComposeFile.Load(rung).Ours;
        Assert.NotEmpty(ours);
        Assert.All(ours, service =>
        {
            Assert.Contains(service.Folder!, Programs.Services);
            Assert.StartsWith($"platform/{service.Name}:", service.Image, StringComparison.Ordinal);
            Assert.Equal(Repository.Root, Path.GetFullPath(Repository.PathOf("compose", service.Setting("build context")!)));
            Assert.True(File.Exists(Repository.PathOf(service.Setting("build dockerfile")!)));
            Assert.Contains(Dockerfile.Stages, stage => stage.Name == (service.Setting("build target") ?? "runtime"));
        });
    }

    [Theory]
    [MemberData(nameof(Rungs))]
    public void What_a_service_depends_on_and_mounts_is_declared(string rung)
    {
        var file = ComposeFile.Load(rung);
        Assert.All(file.Services, service =>
        {
            Assert.All(service.DependsOn, dependency => Assert.NotNull(file.Service(dependency.Key)));
            Assert.All(service.Volumes, volume => Assert.True(IsDeclared(volume, file), $"{service.Name}: {volume}"));
        });
    }

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Nobody_waits_for_the_health_of_a_service_that_has_no_check(string rung)
    {
        var file = ComposeFile.Load(rung);
        var waited = file.Services.SelectMany(service => service.DependsOn).Where(dependency => dependency.Value == "service_healthy");
        Assert.All(waited, dependency => Assert.NotEmpty(file.Service(dependency.Key).HealthCheck));
    }

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Ports_are_published_on_loopback_alone(string rung) =>
        Assert.All(ComposeFile.Load(rung).Services.SelectMany(service => service.Ports), port => Assert.Matches(@"^127\.0\.0\.1:\d+:\d+$", port));

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Our_published_port_is_the_one_that_the_image_listens_on(string rung)
    {
        var published = ComposeFile.Load(rung).Ours.SelectMany(service => service.Ports).ToList();
        Assert.EndsWith($":{Image.The("EXPOSE")}", Assert.Single(published), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Every_container_is_bounded_and_without_rights(string rung) => Assert.All(ComposeFile.Load(rung).Services, service =>
    {
        Assert.NotNull(service.Setting("deploy resources limits memory"));
        Assert.NotNull(service.Setting("deploy resources limits cpus"));
        Assert.Equal("""["ALL"]""", service.Node["cap_drop"]!.ToJsonString());
        Assert.Contains("no-new-privileges:true", service.Node["security_opt"]!.AsArray().Select(option => option!.ToString()));
        Assert.Equal("unless-stopped", service.Setting("restart"));
    });

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Our_containers_run_as_the_user_of_the_image_on_a_file_system_that_they_cannot_change(string rung) =>
        Assert.All(ComposeFile.Load(rung).Ours, service =>
        {
            Assert.Equal(Image.The("USER"), service.Setting("user"));
            Assert.Equal("true", service.Setting("read_only"));
            Assert.Contains(service.Node["tmpfs"]!.AsArray(), mount => mount!.ToString().StartsWith("/tmp", StringComparison.Ordinal));
        });

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Our_health_check_is_the_probe_of_the_image_at_the_port_of_the_image(string rung) =>
        Assert.All(ComposeFile.Load(rung).Ours, service => Assert.Equal(
            ["CMD", "/probe/Platform.Probe", $"http://127.0.0.1:{Image.The("EXPOSE")}/health/ready"], service.HealthCheck));

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Who_writes_to_a_volume_that_replicas_share_takes_a_folder_of_its_own(string rung) =>
        Assert.All(ComposeFile.Load(rung).Ours.Where(service => service.Name is "inference" or "monitor" or "explainer"),
            service => Assert.Equal("true", service.Environment["Storage__PerReplica"]));

    /// <summary>A named volume of the file, or a path of the repository that is there. An anonymous volume is left behind by <c>down</c>, with what is in it.</summary>
    private static bool IsDeclared(string volume, ComposeFile file) => volume.Split(':')[0] switch
    {
        ['.', ..] path => Path.Exists(Path.GetFullPath(Repository.PathOf("compose", path))),
        var name => file.Volumes.Contains(name),
    };
}
