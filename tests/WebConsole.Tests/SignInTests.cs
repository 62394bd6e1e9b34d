using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.WebConsole.Tests;

/// <summary>Where callers are asked for keys.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private readonly Browser _browser = new();
    private PlatformProcess _process = null!;

    public async Task InitializeAsync()
    {
        await _browser.InitializeAsync();
        _process = await SampledPlatform.StartAsync(["--empty", "--auth", "--port", "0", "--data", _data.Path]);
    }

    public async Task DisposeAsync()
    {
        await _process.DisposeAsync();
        await _browser.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task A_key_opens_the_console_and_what_it_does_not_allow_is_said_as_the_API_says_it()
    {
        await using var page = await _browser.OpenAsync(_process.Address);
        await page.GoAsync("#/keys");
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        Assert.Empty(await page.HindrancesAsync());
        await SignInAsync(page, "no-such-key");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not accepted");

        await SignInAsync(page, (await File.ReadAllTextAsync(_data.File("bootstrap.key"))).Trim());
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync("Keys");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "New key …" }).ClickAsync();
        await page.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("watcher");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var made = await page.Page.GetByRole(AriaRole.Dialog).GetByLabel("watcher").InputValueAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "I have it" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Rowheader, new() { Name = "watcher" })).ToBeVisibleAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await SignInAsync(page, made);
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Keys" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".forbidden")).ToContainTextAsync("access.denied");
        await Assertions.Expect(page.Page.Locator(".forbidden")).ToContainTextAsync("manage");
        Assert.Empty(await page.HindrancesAsync());
    }

    private static async Task SignInAsync(ConsolePage page, string key)
    {
        await page.Page.GetByLabel("Access key").FillAsync(key);
        await page.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
