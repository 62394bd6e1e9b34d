using Microsoft.Playwright;

namespace Platform.WebConsole.Tests;

[Collection(WithSamples.Name)]
public sealed class PageTests(SampledPlatform platform)
{
    private const int Telephone = 390;

    public static TheoryData<string> Names => Pages.Names;

    [Theory, MemberData(nameof(Names))]
    public async Task Every_page_shows_what_there_is_in_either_colours_on_any_width_and_hinders_nobody(string name)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync(Pages.AddressOf(name));
        Assert.Equal(0, await page.Page.Locator(".failed, .forbidden").CountAsync());
        Assert.Equal(1, await page.Page.Locator("h1").CountAsync());
        Assert.Empty(await page.HindrancesAsync());

        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Empty(await page.HindrancesAsync());

        await page.Page.SetViewportSizeAsync(Telephone, 844);
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" })).ToBeVisibleAsync();
        Assert.True(await page.OverflowAsync() <= 0, $"{name} is {await page.OverflowAsync()} pixels too wide");
        Assert.Empty(page.Complaints);
        Assert.All(page.Requests, request => Assert.True(request.StartsWith(platform.Address.ToString(), StringComparison.Ordinal) || request.StartsWith("blob:", StringComparison.Ordinal), request));
    }

    [Fact]
    public async Task The_first_view_weighs_at_most_300_KB()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        var sizes = new List<Task<int>>();
        page.Page.Response += (_, response) =>
        {
            if (new Uri(response.Url).AbsolutePath is var path && path == "/" || path.StartsWith("/console/", StringComparison.Ordinal)) sizes.Add(SizeAsync(response));
        };
        await page.GoAsync("");
        var total = (await Task.WhenAll(sizes.ToArray())).Sum();
        Assert.True(sizes.Count > 8, $"only {sizes.Count} files were loaded");
        Assert.InRange(total, 1, 300_000);
    }

    [Fact]
    public async Task The_language_is_the_browsers_until_another_is_chosen_which_is_remembered()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Address, language: "zh-CN");
        await page.GoAsync("#/alerts");
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync("告警");
        Assert.Equal("zh-Hans", await page.Page.GetAttributeAsync("html", "lang"));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync("Alerts");
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync("Alerts");
        await page.GoAsync("?lang=zh#/keys");
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync("密钥");
    }

    [Fact]
    public async Task The_colours_are_the_systems_until_others_are_chosen_which_are_remembered()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Address, colours: ColorScheme.Dark);
        await page.GoAsync("");
        var dark = await GroundAsync(page);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Light", Exact = true }).ClickAsync();
        var light = await GroundAsync(page);
        Assert.NotEqual(dark, light);
        await page.Page.ReloadAsync();
        await page.UntilDrawnAsync();
        Assert.Equal(light, await GroundAsync(page));
    }

    [Fact]
    public async Task The_overview_shows_each_model_with_its_figures_and_the_open_alerts()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync("");
        await Assertions.Expect(page.Page.GetByText("Every service is ready")).ToBeVisibleAsync();
        foreach (var model in new[] { "credit", "fashion", "poems", "spam" })
            await Assertions.Expect(page.Page.Locator($".card[data-name={model}] .glance")).ToContainTextAsync("Latency p95");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "credit", Exact = true }).First.ClickAsync();
        await Assertions.Expect(page.Page.Locator("h1")).ToBeFocusedAsync();
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync("credit");
    }

    private static async Task<int> SizeAsync(IResponse response) => (await response.BodyAsync()).Length;

    private static Task<string> GroundAsync(ConsolePage page) => page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
