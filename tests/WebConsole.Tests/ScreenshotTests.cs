using Microsoft.Playwright;
using Platform.TestKit;

namespace Platform.WebConsole.Tests;

/// <summary>What <c>./dev screenshots</c> runs; in a run of all tests the pictures go to a folder that is removed.</summary>
[Collection(WithSamples.Name)]
public sealed class ScreenshotTests(SampledPlatform platform) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_page_has_its_pictures()
    {
        var folder = Environment.GetEnvironmentVariable("SCREENSHOTS") ?? _folder.Path;
        foreach (var (name, address) in Pages.All)
        {
            await TakeAsync(folder, name, address, "", 1280, ColorScheme.Light);
            await TakeAsync(folder, name, address, "-dark", 1280, ColorScheme.Dark);
            await TakeAsync(folder, name, address, "-telephone", 390, ColorScheme.Light);
            await TakeAsync(folder, name, $"?lang=zh{address}", "-zh", 1280, ColorScheme.Light);
        }
        Assert.Equal(Pages.All.Count() * 4, Directory.GetFiles(folder, "*.png").Length);
    }

    private async Task TakeAsync(string folder, string name, string address, string kind, int width, ColorScheme colours)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Address, width, colours: colours);
        await page.GoAsync(address);
        if (name.StartsWith("try-it", StringComparison.Ordinal)) await AskAsync(page);
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}{kind}.png"), FullPage = true });
    }

    private static async Task AskAsync(ConsolePage page)
    {
        await page.Page.Locator("form.try .actions button").Nth(1).ClickAsync();
        await Assertions.Expect(page.Page.Locator("form.try .actions button").Nth(1)).ToBeEnabledAsync();
        await page.Page.Locator("form.try button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".why img")).ToHaveJSPropertyAsync("complete", true);
    }
}
