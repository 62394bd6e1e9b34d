using Platform.TestKit;

namespace Platform.Compose.Tests.Running;

/// <summary>A program's start does not depend on the folder in which somebody stood.</summary>
public sealed class StartingTests
{
    public static TheoryData<string> Services => [.. Programs.Services.Where(service => service != "standalone")];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task No_folder_is_watched_and_no_configuration_is_taken_from_where_it_was_started(string service)
    {
        using var folder = new TemporaryFolder();
        foreach (var number in Enumerable.Range(0, 50)) Directory.CreateDirectory(folder.File($"{number}"));
        await File.WriteAllTextAsync(folder.File("appsettings.json"), """{"Access":{"Hosts":["http://not a host name"]}}""");
        await using var process = ChildProcess.Start(Programs.Service(service), [],
            new Dictionary<string, string> { [Loopback.PortVariable] = "0", ["Storage__Directory"] = folder.File("data"), ["Access__ServiceSecret"] = new('s', 32) }, folder.Path);
        await Eventually.TrueAsync(
            () => process.Output.Contains("Application started", StringComparison.Ordinal) || !process.IsRunning, "it starts", TimeSpan.FromMinutes(2));
        Assert.True(process.IsRunning, process.Output);
        Assert.Equal(0, process.WatchedFolders());
    }
}
