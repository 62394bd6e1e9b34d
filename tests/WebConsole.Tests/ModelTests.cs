using Microsoft.Playwright;
using Platform.TestKit;

namespace Platform.WebConsole.Tests;

[Collection(WithSamples.Name)]
public sealed class ModelTests(SampledPlatform platform)
{
    [Fact]
    public async Task A_version_is_promoted_and_taken_back_by_mouse_alone()
    {
        await platform.Api.ServeCreditAsync("promoted-here");
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync("#/models/promoted-here");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Promote version 2" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("version 2 instead of 1");
        Assert.Empty(await page.HindrancesAsync());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Promote" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Row, new() { Name = "2 champion" })).ToBeVisibleAsync();
        Assert.Equal("2", await ChampionAsync("promoted-here"));

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Roll back …" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Roll back", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Row, new() { Name = "1 champion" })).ToBeVisibleAsync();
        Assert.Equal("1", await ChampionAsync("promoted-here"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_the_gates_refuse_is_said_in_the_dialog()
    {
        await platform.Api.RegisterCreditAsync("gated-here");
        using var gates = await platform.Api.Http.PutAsync("/v1/models/gated-here/gates", new StringContent(
            """{"metrics":{"accuracy":{"atLeast":0.99}}}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.True(gates.IsSuccessStatusCode);
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync("#/models/gated-here");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Promote version 1" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Promote" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("registry.gates_failed");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Dialog).Locator(".gates")).ToContainTextAsync("accuracy");
    }

    [Fact]
    public async Task A_canary_is_begun_paused_and_cancelled()
    {
        await platform.Api.ServeCreditAsync("canary-here");
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync("#/models/canary-here");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Promote version 2" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("How traffic moves").SelectOptionAsync("canary");
        Assert.Empty(await page.HindrancesAsync());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Promote" }).ClickAsync();
        var region = page.Page.GetByRole(AriaRole.Region, new() { Name = "Under way" });
        await Assertions.Expect(region).ToContainTextAsync("Step 1 of 3");
        Assert.Empty(await page.HindrancesAsync());

        await region.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(region.Locator(".badge").First).ToHaveTextAsync("paused");
        await region.GetByRole(AriaRole.Button, new() { Name = "Cancel the promotion …" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel the promotion", Exact = true }).ClickAsync();
        await Assertions.Expect(region).ToHaveCountAsync(0);
        Assert.Equal("1", await ChampionAsync("canary-here"));
        Assert.Empty(page.Complaints);
    }

    private async Task<string?> ChampionAsync(string model) => (string?)(await platform.Api.ReadAsync($"/v1/models/{model}"))["aliases"]!["champion"];
}
