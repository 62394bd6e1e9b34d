using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Hosting.Defaults;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Sqlite;
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

    [Fact]
    public async Task Documents_are_kept_where_the_provider_says_and_no_other_provider_passes_over_them()
    {
        using var folder = new TemporaryFolder();
        await using (var files = StartStore(folder.Path, "Files"))
            await StoreOf(files).CommitAsync(new DocumentBatch().Put("notes", "a", "x", 0), CancellationToken.None);
        await using (var sqlite = StartStore(folder.Path, "Sqlite"))
        {
            Assert.IsType<SqliteDocumentStore>(StoreOf(sqlite));
            Assert.Equal("x", (await StoreOf(sqlite).GetAsync<string>("notes", "a", CancellationToken.None))!.Value);
        }

        await using var back = StartStore(folder.Path, "Files");

        Assert.Contains("kept in SQLite", Assert.Throws<IOException>(() => StoreOf(back)).Message);
    }

    private static ServiceProvider StartStore(string folder, string provider)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Storage:Directory", folder), new("Storage:Provider", provider)]).Build());
        return services.AddPlatformDocuments("registry").BuildServiceProvider();
    }

    private static IDocumentStore StoreOf(ServiceProvider provider) => provider.GetRequiredKeyedService<IDocumentStore>("registry");

    private static ServiceProvider StartReplica(string folder)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Storage:Directory", folder), new("Storage:PerReplica", "true")]).Build());
        StorageOptions.Register(services);
        return services.BuildServiceProvider();
    }

    private static string FolderOf(ServiceProvider replica) => replica.GetRequiredService<IOptions<StorageOptions>>().Value.Directory;
}
