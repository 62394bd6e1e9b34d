using System.Xml.Linq;
using Platform.Compose.Tests.Running;
using Platform.TestKit;

namespace Platform.Compose.Tests.Images;

/// <summary>The build sees what <c>.dockerignore</c> lets through, and the image has what chiselled images have.</summary>
public sealed class BuildContextTests
{
    private static readonly string[] Allowed = [.. File.ReadLines(Repository.PathOf(".dockerignore"))
        .Where(line => line.StartsWith('!')).Select(line => line[1..])];

    // The slices of Ubuntu that mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled is made of.
    private static readonly string[] Chiselled =
        ["linux-vdso", "ld-linux", "libc", "libm", "libdl", "librt", "libpthread", "libgcc_s", "libstdc++", "libssl", "libcrypto"];

    [Fact]
    public void Every_project_of_a_service_reaches_the_build()
    {
        var projects = new HashSet<string>();
        foreach (var folder in Programs.Services.Select(service => Repository.PathOf("services", service)).Append(Repository.PathOf("compose", "probe")))
            Follow(Directory.GetFiles(folder, "*.csproj").Single(), projects);
        Assert.Contains(Repository.PathOf("hosting", "Hosting.csproj"), projects);
        Assert.All(projects, project => Assert.True(IsLetThrough(project), project));
    }

    [Theory]
    [InlineData("Directory.Build.props")]
    [InlineData("Directory.Packages.props")]
    [InlineData("global.json")]
    [InlineData("Directory.Build.targets")]
    [InlineData("samples/credit/v1/model.onnx")]
    public void What_every_build_needs_reaches_it(string file)
    {
        Assert.True(File.Exists(Repository.PathOf(file)), file);
        Assert.True(IsLetThrough(Repository.PathOf(file)), file);
    }

    [Theory]
    [InlineData("docs")]
    [InlineData("tests/Compose.Tests/Compose.Tests.csproj")]
    [InlineData(".git/config")]
    public void What_no_build_needs_stays_outside(string path) => Assert.False(IsLetThrough(Repository.PathOf(path)), path);

    [Fact]
    public async Task Native_libraries_find_in_the_image_what_they_are_linked_with()
    {
        var natives = Programs.Services
            .SelectMany(service => Directory.EnumerateFiles(Programs.Output(service), "*.so", SearchOption.AllDirectories))
            .Where(file => file.Contains("linux-x64", StringComparison.Ordinal)).DistinctBy(Path.GetFileName).ToList();
        Assert.NotEmpty(natives);
        foreach (var native in natives)
            foreach (var library in await LibrariesOfAsync(native))
                Assert.True(Chiselled.Contains(library), $"{Path.GetFileName(native)} is linked with {library}");
    }

    [Fact]
    public void An_output_folder_holds_the_native_libraries_of_one_system()
    {
        var systems = Programs.Services.Select(service => Path.Combine(Programs.Output(service), "runtimes")).SelectMany(Directory.EnumerateDirectories)
            .Where(folder => Directory.Exists(Path.Combine(folder, "native"))).Select(Path.GetFileName).Distinct();
        Assert.Equal(["linux-x64"], systems);
    }

    private static bool IsLetThrough(string path)
    {
        var relative = Path.GetRelativePath(Repository.Root, path);
        return Allowed.Any(allowed => relative == allowed || relative.StartsWith(allowed + "/", StringComparison.Ordinal));
    }

    private static void Follow(string project, HashSet<string> seen)
    {
        if (!seen.Add(project)) return;
        var references = XDocument.Load(project).Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value);
        foreach (var reference in references) Follow(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference)), seen);
    }

    /// <summary>The names of the shared libraries, without version: libssl for libssl.so.3.</summary>
    private static async Task<IEnumerable<string>> LibrariesOfAsync(string native)
    {
        var (exitCode, output) = await ChildProcess.RunAsync("/usr/bin/ldd", native);
        Assert.True(exitCode == 0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Path.GetFileName(line.Trim().Split(' ')[0])).Select(name => name[..name.IndexOf(".so", StringComparison.Ordinal)])
            .Select(name => name.StartsWith("ld-linux", StringComparison.Ordinal) ? "ld-linux" : name);
    }
}
