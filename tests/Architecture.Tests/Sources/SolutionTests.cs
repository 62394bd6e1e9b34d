using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Architecture.Tests.Sources;

public sealed partial class SolutionTests
{
    private static readonly string[] NotBuilt = ["bin", "obj", "packages", "node_modules"];

    [Fact]
    public void The_solution_lists_every_project_once()
    {
        var listed = Entries().Select(entry => entry.Path).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));
        var projects = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(NotBuilt.Contains));
        Assert.Equal(projects.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_folder_of_the_solution_has_the_name_of_a_project()
    {
        Assert.Empty(Entries().GroupBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    private static IEnumerable<(string Name, string Path)> Entries() =>
        Entry().Matches(File.ReadAllText(Repository.PathOf("Platform.sln"))).Select(match => (match.Groups[1].Value, match.Groups[2].Value.Replace('\\', '/')));

    [GeneratedRegex("""^Project\("[^"]+"\) = "([^"]+)", "([^"]+)",""", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
