using System.Xml.Linq;
using Platform.TestKit;

namespace Platform.Architecture.Tests.Dependencies;

/// <summary>What a project file refers to.</summary>
/// <param name="Folder">Its folder, relative to the repository.</param>
/// <param name="Projects">Folders of the projects it references, relative to the repository.</param>
/// <param name="Packages">Ids of the packages it references.</param>
internal sealed record ProjectFile(string Folder, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static ProjectFile Read(string folder)
    {
        var absolute = Repository.PathOf(folder);
        var project = XDocument.Load(Assert.Single(Directory.GetFiles(absolute, "*.csproj")));
        return new ProjectFile(
            folder,
            [.. Includes(project, "ProjectReference").Select(path => Relative(Path.Combine(absolute, path)))],
            [.. Includes(project, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XDocument project, string item) =>
        project.Descendants(item).Select(element => element.Attribute("Include")!.Value);

    private static string Relative(string project) =>
        Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(Path.GetFullPath(project))!).Replace('\\', '/');
}
