using System.Diagnostics;
using Microsoft.Playwright;
using Platform.TestKit;

namespace Platform.WebConsole.Tests;

/// <summary>Debian's Chromium.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly float Limit = (float)Eventually.Patience.TotalMilliseconds;

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Limit);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = await FindAsync(), Args = ["--no-sandbox", "--disable-dev-shm-usage"], Timeout = Limit });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page of a person's own, with nothing remembered.</summary>
    public async Task<ConsolePage> OpenAsync(Uri address, int width = 1280, string language = "en", ColorScheme colours = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(), ViewportSize = new() { Width = width, Height = 900 }, Locale = language, ColorScheme = colours, AcceptDownloads = true,
        });
        context.SetDefaultTimeout(Limit);
        return new ConsolePage(context, await context.NewPageAsync());
    }

    private static async Task<string> FindAsync()
    {
        using var find = Process.Start(new ProcessStartInfo("bash", [Repository.PathOf("eng", "lib", "chromium.sh")]) { RedirectStandardOutput = true })!;
        var path = (await find.StandardOutput.ReadToEndAsync()).Trim();
        await find.WaitForExitAsync();
        return find.ExitCode == 0 ? path : throw new InvalidOperationException("There is no Chromium; on Debian: apt-get install chromium.");
    }
}
