using System.Reflection;

namespace Platform.TestKit;

/// <summary>Paths in the checkout that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds Directory.Packages.props.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>An absolute path for one that is relative to <see cref="Root"/>.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>What <c>dotnet</c> runs for a project of this build: <c>services/standalone</c> and <c>Platform.Standalone.dll</c>, for example.</summary>
    public static string ProgramOf(string folder, string file) => PathOf(
        [.. folder.Split('/'), "bin", typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration, "net10.0", file]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} does not lie in the repository.");
    }
}
