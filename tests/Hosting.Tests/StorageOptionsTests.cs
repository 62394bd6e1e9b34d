using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Hosting.Defaults;
using Platform.TestKit;

namespace Platform.Hosting.Tests;

public sealed class StorageOptionsTests
{
    [Fact]
    public async Task A_data_directory_that_cannot_be_made_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("file"), "in the way");

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => TestHost.StartAsync(
            builder =>
            {
                builder.Services.AddPlatformDocuments("registry");
                builder.Configuration["Storage:Directory"] = folder.File("file", "data");
            },
            _ => { }));

        Assert.Contains("cannot be used", refusal.Message);
    }

    [Fact]
    public async Task Replicas_that_share_a_directory_have_a_folder_each_and_the_next_goes_on_with_that_of_one_before()
    {
        using var shared = new TemporaryFolder();
        var one = StartReplica(shared.Path);
        await using var two = StartReplica(shared.Path);
        var (first, second) = (FolderOf(one), FolderOf(two));
        await one.DisposeAsync();
        await using var three = StartReplica(shared.Path);

        Assert.Equal((shared.File("replica-1"), shared.File("replica-2"), first), (first, second, FolderOf(three)));
    }

    private static ServiceProvider StartReplica(string folder)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Storage:Directory", folder), new("Storage:PerReplica", "true")]).Build());
        StorageOptions.Register(services);
        return services.BuildServiceProvider();
    }

    private static string FolderOf(ServiceProvider replica) => replica.GetRequiredService<IOptions<StorageOptions>>().Value.Directory;
}
