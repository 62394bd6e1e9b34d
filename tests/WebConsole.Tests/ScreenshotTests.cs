using Microsoft.Playwright;
using Platform.TestKit;

namespace Platform.WebConsole.Tests;

/// <summary>What <c>./dev screenshots</c> runs; in a run of all tests those of the first kind go to a folder that is removed.</summary>
[Collection(WithSamples.Name)]
public sealed class ScreenshotTests(SampledPlatform platform) : IDisposable
{
    private static readonly (string Name, string Language, int Width, ColorScheme Colours)[] Kinds =
    [
        ("", "", 1280, ColorScheme.Light), ("-dark", "", 1280, ColorScheme.Dark), ("-telephone", "", 390, ColorScheme.Light), ("-zh", "?lang=zh", 1280, ColorScheme.Light),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_page_has_its_pictures()
    {
        var asked = Environment.GetEnvironmentVariable("SCREENSHOTS");
        var folder = asked ?? _folder.Path;
        foreach (var (name, address) in Pages.All)
            foreach (var (kind, language, width, colours) in asked is null ? Kinds[..1] : Kinds)
            {
                var path = Path.Combine(folder, $"{name}{kind}.png");
                await using var page = await platform.Browser.OpenAsync(platform.Address, width, colours: colours);
                await TakeAsync(page, name, $"{language}{address}", path);
                Assert.True(File.Exists(path), path);
            }
    }

    private static async Task TakeAsync(ConsolePage page, string name, string address, string path)
    {
        await page.GoAsync(address);
        if (name.StartsWith("try-it", StringComparison.Ordinal)) await AskAsync(page);
        await page.Page.ScreenshotAsync(new() { Path = path, FullPage = true });
    }

    private static async Task AskAsync(ConsolePage page)
    {
        await page.Page.Locator("form.try .actions button").Nth(1).ClickAsync();
        await Assertions.Expect(page.Page.Locator("form.try .actions button").Nth(1)).ToBeEnabledAsync();
        await page.Page.Locator("form.try button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".why img")).ToHaveJSPropertyAsync("complete", true);
    }
}
