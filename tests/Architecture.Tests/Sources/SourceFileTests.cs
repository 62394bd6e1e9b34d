using Platform.TestKit;

namespace Platform.Architecture.Tests.Sources;

public sealed class SourceFileTests
{
    private const int MostLines = 300;
    private const int MostLinesOfTests = 400;
    private const int MostLinesOfProgram = 25;

    private static readonly string[] Folders = ["contracts", "hosting", "onnx", "statistics", "services", "clients", "bench", "tests"];

    private static IEnumerable<string> Sources => Folders.SelectMany(In);

    private static IEnumerable<string> In(string folder) => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold()
    {
        Assert.All(Sources, path => Assert.True(File.ReadLines(path).Count() <= Most(path), path));
    }

    [Fact]
    public void Every_Program_is_a_table_of_contents()
    {
        var programs = Sources.Where(path => Path.GetFileName(path) == "Program.cs" && path.Contains("/services/", StringComparison.Ordinal)).ToList();
        Assert.Equal(6, programs.Count);
        Assert.All(programs, path => Assert.True(File.ReadLines(path).Count() <= MostLinesOfProgram, path));
    }

    /// <summary>So that a namespace is a folder, and nobody has to search.</summary>
    [Fact]
    public void A_file_lies_in_the_folder_that_its_namespace_names()
    {
        Assert.All(Sources, path => Assert.True(NamespaceOf(path) is not { } space || space == ExpectedNamespace(path), path));
    }

    /// <summary>.NET's own return normally when the disk refuses; only this file asks the operating system itself.</summary>
    [Fact]
    public void What_must_be_on_the_disk_is_brought_there_by_DurableFiles()
    {
        string[] silent = ["FlushToDisk", "Flush(true)", "Flush(flushToDisk", "FileOptions.WriteThrough"];
        var users = In("hosting").Concat(In("services")).Concat(In("onnx")).Concat(In("eng"))
            .Where(path => silent.Any(File.ReadAllText(path).Contains));
        Assert.Equal(["DurableFiles.cs"], users.Select(Path.GetFileName));
    }

    private static string? NamespaceOf(string path) =>
        File.ReadLines(path).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].TrimEnd(';');

    private static string ExpectedNamespace(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var project = folder;
        while (Directory.GetFiles(project, "*.csproj").Length == 0) project = Path.GetDirectoryName(project)!;
        var name = $"Platform.{Path.GetFileNameWithoutExtension(Directory.GetFiles(project, "*.csproj")[0])}";
        return folder == project ? name : $"{name}.{Path.GetRelativePath(project, folder).Replace(Path.DirectorySeparatorChar, '.')}";
    }

    private static int Most(string path) => path.StartsWith(Repository.PathOf("tests"), StringComparison.Ordinal) ? MostLinesOfTests : MostLines;
}
