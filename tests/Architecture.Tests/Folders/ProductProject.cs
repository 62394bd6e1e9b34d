using System.Reflection;
using Platform.TestKit;

namespace Platform.Architecture.Tests.Folders;

/// <summary>A project of the product, as it is compiled.</summary>
/// <param name="Folder">Where it lies, relative to the repository.</param>
internal sealed record ProductProject(string Folder, Assembly Assembly)
{
    private static readonly string[] Roots = ["contracts", "hosting", "onnx", "services", "bench", "eng", "samples/driver"];

    /// <summary>Folders of all of them.</summary>
    public static IReadOnlyList<string> Folders { get; } = [.. Roots.SelectMany(Find).Order(StringComparer.Ordinal)];

    private string Namespace => Assembly.GetName().Name!;

    private IEnumerable<Type> Types => Assembly.GetTypes().Where(IsOurs);

    public static ProductProject Load(string folder)
    {
        var name = $"Platform.{Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Repository.PathOf(folder), "*.csproj")))}";
        return new(folder, Assembly.LoadFrom(Repository.ProgramOf(folder, $"{name}.dll")));
    }

    public FolderGraph Graph() => FolderGraph.Of(
        from type in Types
        from used in TypeReferences.Of(type)
        where used.Assembly == Assembly && IsOurs(used)
        select (new FolderEdge(FolderOf(type), FolderOf(used)), $"{Name(type)} -> {Name(used)}"));

    /// <summary>The project's own folder is a dot.</summary>
    private string FolderOf(Type type) => type.Namespace == Namespace ? "." : type.Namespace![(Namespace.Length + 1)..].Replace('.', '/');

    private string Name(Type type) => type.FullName![(Namespace.Length + 1)..];

    /// <summary>Neither nested, nor made by the compiler in a namespace of its own.</summary>
    private bool IsOurs(Type type) => type is { DeclaringType: null, Namespace: { } space } && (space == Namespace || space.StartsWith($"{Namespace}.", StringComparison.Ordinal));

    private static IEnumerable<string> Find(string root) =>
        Directory.EnumerateFiles(Repository.PathOf(root), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(path)!).Replace('\\', '/'));
}
