using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.WebConsole.Tests;

/// <summary>Single predictions: searched, looked at, judged and labelled.</summary>
[Collection(WithSamples.Name)]
public sealed class PredictionTests(SampledPlatform platform)
{
    [Fact]
    public async Task A_prediction_is_searched_for_looked_at_and_judged()
    {
        await platform.Api.ServeCreditAsync("judged-here");
        var predictions = await platform.Api.PredictManyAsync("judged-here", CreditSample.Usual.Take(5));
        await platform.Api.ReadAsync($"/v1/predictions/{predictions[^1].Id}");
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync("#/predictions?model=judged-here");
        await Assertions.Expect(page.Page.Locator("tbody tr")).ToHaveCountAsync(5);
        await page.Page.GetByLabel("Filter").FillAsync($"age = {CreditSample.Usual[2].Features[12]} and credit_amount = {CreditSample.Usual[2].Features[4]}");
        await page.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Empty(await page.HindrancesAsync());

        await page.Page.Locator("tbody a").ClickAsync();
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync($"Prediction {predictions[2].Id}");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Row, new() { Name = "duration " })).ToContainTextAsync($"{CreditSample.Usual[2].Features[1]}");
        await Assertions.Expect(page.Page.Locator(".why img")).ToHaveJSPropertyAsync("complete", true);
        await page.Page.GetByLabel("Verdict").SelectOptionAsync("disagree");
        await page.Page.GetByLabel("What would be right").FillAsync("ugly");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Give feedback" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("'ugly' is no label");
        await page.Page.GetByLabel("What would be right").FillAsync("good");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Give feedback" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Region, new() { Name = "Feedback" })).ToContainTextAsync("disagrees · good · console");
        Assert.Empty(await page.HindrancesAsync());
        Assert.Equal("good", (string?)(await platform.Api.ReadAsync($"/v1/predictions/{predictions[2].Id}"))["rows"]![0]!["label"]!["label"]);
    }

    [Fact]
    public async Task What_is_wrong_with_a_filter_is_said_as_the_API_says_it()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync($"#/predictions?model=credit&where={Uri.EscapeDataString("height > 4")}");
        await Assertions.Expect(page.Page.Locator(".failed")).ToContainTextAsync("'height' is no column of credit/");
    }

    [Fact]
    public async Task Those_that_wait_for_a_label_are_labelled_by_keys_alone()
    {
        await platform.Api.ServeCreditAsync("reviewed-here");
        var predictions = await platform.Api.PredictManyAsync("reviewed-here", CreditSample.Usual.Take(2));
        foreach (var (id, _) in predictions)
            await platform.Api.PostAsync($"/v1/predictions/{id}/feedback", new JsonObject { ["verdict"] = "disagree" });
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync("#/review?model=reviewed-here");
        var waiting = page.Page.GetByRole(AriaRole.Region, new() { Name = "Waiting" });
        await Assertions.Expect(waiting).ToBeVisibleAsync();
        Assert.Empty(await page.HindrancesAsync());
        var first = await waiting.Locator("dd a").TextContentAsync();

        await page.Page.Keyboard.PressAsync("s");
        await Assertions.Expect(waiting.Locator("dd a")).Not.ToHaveTextAsync(first!);
        var second = await waiting.Locator("dd a").TextContentAsync();
        await page.Page.Keyboard.PressAsync("2");

        await Assertions.Expect(page.Page.Locator("#messages")).ToContainTextAsync($"{second} is bad.");
        Assert.Equal("bad", (string?)(await platform.Api.ReadAsync($"/v1/predictions/{second}"))["rows"]![0]!["label"]!["label"]);
        Assert.Null((await platform.Api.ReadAsync($"/v1/predictions/{first}"))["rows"]![0]!["label"]);
        Assert.Empty(page.Complaints);
    }
}
