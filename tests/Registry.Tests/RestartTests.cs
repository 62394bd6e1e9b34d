using System.Net.Http.Json;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests;

public sealed class RestartTests
{
    [Fact]
    public async Task After_a_restart_everything_is_as_it_was_and_goes_on_from_there()
    {
        await using var registry = await RegistryHost.StartAsync();
        var model = await registry.RegisterWithVersionsAsync(3);
        await registry.PromoteAsync(model, "1");
        await registry.PromoteAsync(model, "2");
        await registry.Http.PutAsJsonAsync($"/v1/models/{model}/aliases/shadow", new { version = "3" }).JsonAsync();
        string[] paths =
        [
            "/v1/models", $"/v1/models/{model}", $"/v1/models/{model}/versions", $"/v1/models/{model}/history", "/v1/events", "/v1/deployments",
        ];
        var before = await ReadAsync(registry, paths);

        await registry.RestartAsync();

        Assert.Equal(before, await ReadAsync(registry, paths));
        Assert.Equal(TinyModels.Linear(3).ToArray(), await registry.Http.GetByteArrayAsync($"/v1/models/{model}/versions/3/artifact"));
        Assert.Equal("1", (await registry.PostAsync($"/v1/models/{model}/rollback", new { }))["version"]!.GetValue<string>());
        Assert.Equal("4", (await registry.UploadAsync(model, new UploadBody()))["version"]!.GetValue<string>());
        Assert.Equal(9, (await registry.ItemsAsync("/v1/events"))[^1]!["sequence"]!.GetValue<long>());
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(RegistryHost registry, string[] paths) =>
        await Task.WhenAll(paths.Select(path => registry.Http.GetStringAsync(path)));
}
