using System.Globalization;
using System.Net.Http.Json;
using System.Xml.Linq;
using Microsoft.Playwright;
using Platform.TestKit;

namespace Platform.WebConsole.Tests;

[Collection(WithSamples.Name)]
public sealed class MonitoringTests(SampledPlatform platform)
{
    [Fact]
    public async Task Every_chart_says_what_it_shows_has_its_numbers_behind_it_and_can_be_saved()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync("#/models/credit/monitoring");
        var charts = page.Page.Locator("figure.chart");
        Assert.True(await charts.CountAsync() >= 8);
        for (var at = 0; at < await charts.CountAsync(); at++)
        {
            var chart = charts.Nth(at);
            await Assertions.Expect(chart.Locator("h3")).Not.ToBeEmptyAsync();
            await Assertions.Expect(chart.Locator("figcaption .hint")).Not.ToBeEmptyAsync();
            await Assertions.Expect(chart.Locator(".drawing svg")).ToBeVisibleAsync();
            Assert.True(await chart.Locator("details tbody tr").CountAsync() > 0);
        }

        var map = charts.First;
        var picture = XDocument.Parse(await SavedAsync(page, map, "SVG"));
        Assert.Equal("Which inputs moved, and when", picture.Root!.Elements().First().Value);
        Assert.All(picture.Descendants().Where(element => element.Name.LocalName == "rect").Skip(1), cell => Assert.StartsWith("rgb", (string?)cell.Attribute("fill"), StringComparison.Ordinal));
        var lines = (await SavedAsync(page, map, "CSV")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("Window,Until,", lines[0], StringComparison.Ordinal);
        Assert.True(DateTimeOffset.TryParse(lines[1].Split(',')[1], CultureInfo.InvariantCulture, out _));
    }

    [Fact]
    public async Task A_window_that_has_drifted_opens_with_both_distributions_and_the_numbers_of_each_test()
    {
        var drifted = (await platform.Api.ReadAsync("/v1/models/credit/monitoring?detail=summary"))["windows"]!.AsArray()
            .First(window => (bool?)window!["drift"]?["drifted"] == true)!;
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync($"#/models/credit/monitoring?window={drifted["sequence"]}");
        var detail = page.Page.Locator("section").Filter(new() { Has = page.Page.GetByRole(AriaRole.Heading, new() { Name = $"Window {drifted["sequence"]}", Exact = true }) });
        await Assertions.Expect(detail.Locator(".badge.bad").First).ToHaveTextAsync("drifted");
        Assert.True(await detail.Locator(".bar.rest").CountAsync() > 1);
        Assert.Equal(await detail.Locator(".bar.rest").CountAsync(), await detail.Locator(".bar.one").CountAsync());
        await Assertions.Expect(detail.GetByRole(AriaRole.Group, new() { Name = "Tests of" })).ToContainTextAsync("decides");
        await detail.GetByLabel("Feature").SelectOptionAsync("input:purpose");
        await Assertions.Expect(detail.Locator("figure.chart h3")).ToHaveTextAsync("Distribution of purpose");
    }

    [Fact]
    public async Task An_alert_is_silenced_on_its_page()
    {
        var alert = await RaiseAsync();
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync("#/alerts?state=all");
        await page.Page.Locator($"[data-key='silence-{alert}']").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Silence", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".alert.silenced").First).ToBeVisibleAsync();
        Assert.Contains((await platform.Api.ReadAsync($"/v1/alerts/{alert}"))["history"]!.AsArray(), change => (string?)change!["state"] == "silenced");
    }

    // The samples' own alerts come and go; this one's rule is broken by every window.
    private async Task<string> RaiseAsync()
    {
        using var rule = await platform.Api.Http.PutAsJsonAsync("/v1/alert-rules/always",
            new { model = "credit", metric = "system.errorRate", @operator = "below", threshold = 2, severity = "warning", breached = 1, of = 1, resolveAfter = 1 });
        rule.EnsureSuccessStatusCode();
        return await Eventually.ValueAsync(async () => (string?)(await platform.Api.ReadAsync("/v1/alerts"))["items"]!.AsArray()
            .FirstOrDefault(alert => (string?)alert!["ruleId"] == "always")?["id"], "the alert is raised");
    }

    private static async Task<string> SavedAsync(ConsolePage page, ILocator chart, string form)
    {
        var download = await page.Page.RunAndWaitForDownloadAsync(() => chart.GetByRole(AriaRole.Button, new() { Name = $"as {form}" }).ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync());
    }
}
