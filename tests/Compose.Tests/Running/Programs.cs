using System.Reflection;
using Platform.TestKit;

namespace Platform.Compose.Tests.Running;

/// <summary>Built programs, by their folder in the repository.</summary>
internal static class Programs
{
    private static readonly string Configuration =
        typeof(Programs).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The folders in services/ that hold a program.</summary>
    public static IReadOnlyList<string> Services { get; } =
        [.. Directory.GetFiles(Repository.PathOf("services"), "Program.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal)];

    /// <summary>What the image has as <c>/app/service</c>.</summary>
    public static string Service(string folder) => Executable("services", folder);

    /// <summary>What the image has as <c>/probe/Platform.Probe</c>.</summary>
    public static string Probe { get; } = Executable("compose", "probe");

    /// <summary>The folder with the program and everything that it needs.</summary>
    public static string Output(string folder) => Path.GetDirectoryName(Service(folder))!;

    private static string Executable(params string[] folder)
    {
        var project = Path.GetFileNameWithoutExtension(Directory.GetFiles(Repository.PathOf(folder), "*.csproj").Single());
        return Repository.PathOf([.. folder, "bin", Configuration, "net10.0", $"Platform.{project}"]);
    }
}
