using System.IO.Compression;
using Platform.TestKit;
using Platform.TestKit.Running;

namespace Platform.Clients.Tests;

/// <summary>What <c>./dev clients</c> packs for .NET.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task The_packages_hold_the_client_and_the_tool()
    {
        using var folder = new TemporaryFolder();
        await Command.RunAsync(Repository.Root, "bash", Repository.PathOf("dev"), "clients", "--dotnet", "--out", folder.File("out"));
        Assert.Contains("lib/net10.0/Platform.Client.dll", Entries(folder.File("out"), "Platform.Client"));
        var tool = Entries(folder.File("out"), "Platform.Cli");
        foreach (var part in new[] { "Cli", "Client", "Load" }) Assert.Contains($"tools/net10.0/any/Platform.{part}.dll", tool);
    }

    private static List<string> Entries(string folder, string package)
    {
        using var archive = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder, $"{package}.*.nupkg")));
        Assert.Contains(archive.Entries, entry => entry.FullName == "README.md");
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }
}
