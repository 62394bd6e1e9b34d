using System.Net.Http.Json;
using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.TestKit;

namespace Platform.Registry.Tests.Deployments;

public sealed class DeploymentTests
{
    [Fact]
    public async Task The_snapshot_holds_every_alias_with_its_version_and_the_last_event()
    {
        await using var registry = await RegistryHost.StartAsync();
        var first = await registry.RegisterWithVersionsAsync(2);
        var second = await registry.RegisterWithVersionsAsync(1);
        await registry.RegisterWithVersionsAsync(1);
        await registry.PromoteAsync(first, "1");
        await registry.PromoteAsync(first, "2");
        await registry.Http.PutAsJsonAsync($"/v1/models/{first}/aliases/shadow", new { version = "1" }).JsonAsync();
        await registry.PromoteAsync(second, "1");

        var snapshot = (await registry.Http.GetFromJsonAsync<DeploymentSnapshot>("/v1/deployments", PlatformJson.Strict))!;

        Assert.Equal([(first, "champion", "2"), (first, "shadow", "1"), (second, "champion", "1")],
            snapshot.Items.Select(item => (item.Model, item.Alias, item.Version)));
        Assert.Equal((await registry.ItemsAsync("/v1/events"))[^1]!["sequence"]!.GetValue<long>(), snapshot.Sequence);
        Assert.All(snapshot.Items, item => Assert.Equal("immediate", item.Strategy.Kind));
        var champion = snapshot.Items[0];
        var described = await registry.GetAsync($"/v1/models/{first}/versions/2");
        Assert.Equal(described.ToJsonString(), JsonSerializer.SerializeToNode(champion.Description, PlatformJson.Tolerant)!.ToJsonString());
        Assert.Equal(champion.Description.Sha256, champion.Sha256);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task The_snapshot_is_read_in_pages_too(int limit)
    {
        await using var registry = await RegistryHost.StartAsync();
        for (var n = 0; n < 3; n++)
        {
            var model = await registry.RegisterWithVersionsAsync(1);
            await registry.PromoteAsync(model, "1");
            if (n != 1) await registry.Http.PutAsJsonAsync($"/v1/models/{model}/aliases/shadow", new { version = "1" }).JsonAsync();
        }
        var all = (await registry.GetAsync("/v1/deployments"))["items"]!.AsArray().Select(item => item!.ToJsonString()).ToList();
        Assert.Equal(5, all.Count);

        var read = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await registry.GetAsync($"/v1/deployments?limit={limit}" + (after.Length == 0 ? "" : $"&after={Uri.EscapeDataString(after)}"));
            Assert.InRange(page["items"]!.AsArray().Count, 1, limit);
            read.AddRange(page["items"]!.AsArray().Select(item => item!.ToJsonString()));
            after = (string?)page["next"];
        }

        Assert.Equal(all, read);
    }

    [Fact]
    public async Task Nothing_serves_in_an_empty_registry()
    {
        await using var registry = await RegistryHost.StartAsync();

        Assert.Equal("""{"sequence":0,"items":[],"next":null}""", (await registry.GetAsync("/v1/deployments")).ToJsonString());
    }
}
