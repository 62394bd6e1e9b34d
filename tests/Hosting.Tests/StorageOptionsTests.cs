using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
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
}
