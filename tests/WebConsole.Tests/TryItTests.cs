using Microsoft.Playwright;

namespace Platform.WebConsole.Tests;

[Collection(WithSamples.Name)]
public sealed class TryItTests(SampledPlatform platform)
{
    [Theory]
    [InlineData("credit", "bad")]
    [InlineData("fashion", "Ankle boot")]
    [InlineData("spam", "spam")]
    public async Task An_example_is_answered_and_explained(string model, string someClass)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync($"#/models/{model}/try");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Fill with an example" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Fill with an example" })).ToBeEnabledAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        var answer = page.Page.Locator(".answer");
        await Assertions.Expect(answer.Locator(".verdict")).Not.ToBeEmptyAsync();
        await Assertions.Expect(answer.GetByRole(AriaRole.Rowheader, new() { Name = someClass, Exact = true }).First).ToBeVisibleAsync();
        await Assertions.Expect(answer.Locator(".why img")).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await answer.Locator(".why img").EvaluateAsync<int>("image => image.naturalWidth") > 0);
        Assert.Empty(await page.HindrancesAsync());
        Assert.DoesNotContain(page.Complaints, complaint => !complaint.Contains("404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_and_a_chosen_value_go_to_the_model_as_they_are()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync("#/models/credit/try");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Fill with an example" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByLabel("age", new() { Exact = true })).Not.ToHaveValueAsync("");
        await page.Page.GetByLabel("savings_status", new() { Exact = true }).SelectOptionAsync("(missing)");
        await page.Page.GetByLabel("housing", new() { Exact = true }).SelectOptionAsync("rent");
        await page.Page.GetByLabel("age", new() { Exact = true }).FillAsync("23.5");
        var request = await page.Page.RunAndWaitForRequestAsync(
            () => page.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync(), request => request.Url.EndsWith("/v1/models/credit/predictions", StringComparison.Ordinal));
        var row = System.Text.Json.Nodes.JsonNode.Parse(request.PostData!)!["rows"]![0]!;
        Assert.Equal(("rent", 23.5, true), ((string)row["housing"]!, (double)row["age"]!, row["savings_status"] is null));
    }

    [Fact]
    public async Task The_keyboard_alone_reaches_the_answer()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Address);
        await page.GoAsync("#/models/credit/try");
        var keyboard = page.Page.Keyboard;
        await keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("main")).ToBeFocusedAsync();
        await TabToAsync(page, "Fill with an example");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.GetByLabel("age", new() { Exact = true })).Not.ToHaveValueAsync("");
        await page.Page.GetByLabel("age", new() { Exact = true }).FocusAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".answer .verdict")).ToBeVisibleAsync();
    }

    private static async Task TabToAsync(ConsolePage page, string text)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<string>("document.activeElement.textContent") == text) return;
        }
        Assert.Fail($"'{text}' was not reached");
    }
}
