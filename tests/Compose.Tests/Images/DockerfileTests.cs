using System.Text.RegularExpressions;
using Platform.Compose.Tests.Running;
using Platform.TestKit;

namespace Platform.Compose.Tests.Images;

public sealed class DockerfileTests
{
    public static TheoryData<string> Images => ["runtime", "gpu"];

    public static TheoryData<string> Services => [.. Programs.Services];

    [Theory]
    [MemberData(nameof(Images))]
    public void An_image_runs_as_a_user_that_is_not_root(string image) =>
        Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", Dockerfile.Named(image).The("USER"));

    [Theory]
    [MemberData(nameof(Images))]
    public void An_image_exposes_the_port_that_its_program_listens_on(string image)
    {
        var stage = Dockerfile.Named(image);
        Assert.Equal(stage.The("EXPOSE"), stage.Environment[Loopback.PortVariable]);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void The_data_folder_belongs_to_the_user_of_the_image(string image)
    {
        var stage = Dockerfile.Named(image);
        var data = stage.Environment["Storage__Directory"];
        Assert.Contains(stage.All("COPY"), copy => copy.EndsWith($"--chown={stage.The("USER")} {data} {data}", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void An_image_starts_the_program_that_the_build_links(string image)
    {
        Assert.Equal("""["/app/service"]""", Dockerfile.Named(image).The("ENTRYPOINT"));
        Assert.Contains(Dockerfile.Named("build").All("RUN"), run => run.EndsWith("ln -s Platform.$project /image/app/service", StringComparison.Ordinal));
    }

    [Fact]
    public void The_image_that_is_built_by_default_has_no_shell_and_needs_none()
    {
        var stage = Dockerfile.Stages[^1];
        Assert.Equal("runtime", stage.Name);
        Assert.EndsWith("-chiseled", stage.Image, StringComparison.Ordinal);
        Assert.Empty(stage.All("RUN"));
    }

    [Fact]
    public void Base_images_are_pinned()
    {
        var stages = Dockerfile.Stages.Select(stage => stage.Name).ToHashSet();
        var external = Dockerfile.Stages.Select(stage => stage.Image).Where(image => !stages.Contains(image)).ToList();
        Assert.NotEmpty(external);
        Assert.All(external, image => Assert.Matches(@"^[a-z0-9./-]+:(?!latest)[a-z0-9.${}A-Z-]+$", image));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void What_the_build_runs_and_publishes_is_there(string service)
    {
        var commands = string.Join('\n', Dockerfile.Stages.SelectMany(stage => stage.All("RUN")));
        var project = Path.GetFileNameWithoutExtension(Directory.GetFiles(Repository.PathOf("services", service), "*.csproj").Single());
        var paths = Regex.Matches(commands, @"(?<![\w/])(?:eng|services|compose)/[\w./$]+").Select(match => match.Value)
            .Where(path => path != "services/$").Select(path => path.Replace("$SERVICE", service).Replace("$project", project)).Distinct().ToList();
        Assert.Contains($"services/{service}/{project}.csproj", paths);
        Assert.All(paths, path => Assert.True(File.Exists(Repository.PathOf(path)), path));
    }

    [Theory]
    [InlineData("registry")]
    [InlineData("inference")]
    [InlineData("explainer")]
    [InlineData("standalone")]
    public void A_service_that_runs_models_brings_the_locale_that_text_models_ask_for(string service) =>
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(Programs.Service(service))!, "locales", "en_US.utf8", "LC_CTYPE")));

    [Fact]
    public async Task The_link_to_a_service_starts_it()
    {
        using var folder = new TemporaryFolder();
        var link = folder.File("service");
        File.CreateSymbolicLink(link, Programs.Service("gateway"));
        await using var process = ChildProcess.Start(link, [], new Dictionary<string, string>
        {
            [Loopback.PortVariable] = "0", ["Access__ServiceSecret"] = new('s', 32),
        });
        await Eventually.TrueAsync(
            () => process.Output.Contains("Application started", StringComparison.Ordinal) || !process.IsRunning, "it starts");
        Assert.True(process.IsRunning, process.Output);
    }
}
