using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Registry.Tests.Uploads;
using Platform.TestKit;

namespace Platform.Registry.Tests.Promotions;

public sealed class PromotionTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    [Fact]
    public async Task A_promoted_version_is_the_champion_and_the_answer_says_how_it_came_to_be()
    {
        var model = await registry.RegisterWithVersionsAsync(2);
        await registry.PromoteAsync(model, "1");

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/models/{model}/promotions");
        request.Headers.Add("x-actor", "ann");
        request.Content = JsonContent.Create(new { version = "2", alias = "champion", strategy = new { kind = "immediate" }, reason = "better" });
        var promotion = await registry.Http.SendAsync(request).JsonAsync();

        Assert.NotEmpty(promotion["id"]!.GetValue<string>());
        Assert.Equal(model, promotion["model"]!.GetValue<string>());
        Assert.Equal("2", promotion["version"]!.GetValue<string>());
        Assert.Equal("champion", promotion["alias"]!.GetValue<string>());
        Assert.Equal("1", promotion["previousVersion"]!.GetValue<string>());
        Assert.Equal("completed", promotion["state"]!.GetValue<string>());
        Assert.Equal("immediate", promotion["strategy"]!["kind"]!.GetValue<string>());
        Assert.Equal("ann", promotion["by"]!.GetValue<string>());
        Assert.Equal("better", promotion["reason"]!.GetValue<string>());
        Assert.Equal("2", await registry.ChampionAsync(model));
        Assert.Equal(["champion"], (await registry.GetAsync($"/v1/models/{model}/versions/2"))["aliases"]!.AsArray().Select(alias => alias!.GetValue<string>()));
        Assert.Empty((await registry.GetAsync($"/v1/models/{model}/versions/1"))["aliases"]!.AsArray());
    }

    [Fact]
    public async Task Promoting_a_version_publishes_ModelPromoted()
    {
        var model = await registry.RegisterWithVersionsAsync(1);

        var promotion = await registry.PromoteAsync(model, "1");

        await Eventually.TrueAsync(() => registry.Heard.Any(heard => heard.Model == model), "the promotion is heard");
        var promoted = Assert.Single(registry.Heard, heard => heard.Model == model);
        Assert.Equal((Text(promotion, "id"), "1", "champion"), (promoted.PromotionId, promoted.Version, promoted.Alias));
    }

    [Fact]
    public async Task The_first_promotion_has_no_previous_version_and_the_champion_is_the_default()
    {
        var model = await registry.RegisterWithVersionsAsync(1);

        var promotion = await registry.PostAsync($"/v1/models/{model}/promotions", new { version = "1" });

        Assert.Null(promotion["previousVersion"]);
        Assert.Equal("1", await registry.ChampionAsync(model));
    }

    [Fact]
    public async Task Any_alias_can_be_promoted_to_and_promoted_from()
    {
        var model = await registry.RegisterWithVersionsAsync(2);
        await registry.PromoteAsync(model, "2", "challenger");

        await registry.PromoteAsync(model, "challenger");

        Assert.Equal("2", await registry.ChampionAsync(model));
    }

    [Theory]
    [InlineData("""{}""", "request.invalid")]
    [InlineData("""{"version":null}""", "request.invalid")]
    [InlineData("""{"version":1}""", "request.invalid")]
    [InlineData("""{"version":"1","alias":"1"}""", "request.invalid")]
    [InlineData("""{"version":"1","alias":""}""", "request.invalid")]
    [InlineData("""{"version":"1","strategy":"immediate"}""", "request.invalid")]
    [InlineData("""{"version":"1","strategy":{"kind":"gradual"}}""", "registry.strategy_unsupported")]
    [InlineData("""{"version":"1","strategy":{}}""", "registry.strategy_unsupported")]
    [InlineData("""{"version":"1","strategy":{"kind":"immediate","percent":10}}""", "request.invalid")]
    [InlineData("""{"version":"1","when":"now"}""", "request.invalid")]
    public async Task A_wrong_request_is_refused(string body, string code)
    {
        var model = await registry.RegisterWithVersionsAsync(1);

        await registry.Http.PostAsync($"/v1/models/{model}/promotions", new StringContent(body, Encoding.UTF8, "application/json"))
            .ProblemAsync(HttpStatusCode.BadRequest, code);

        Assert.Null(await registry.ChampionAsync(model));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("01")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("champion")]
    [InlineData("1 ")]
    public async Task A_version_that_does_not_exist_is_not_found(string version)
    {
        var model = await registry.RegisterWithVersionsAsync(1);

        await registry.Http.PostAsJsonAsync($"/v1/models/{model}/promotions", new { version })
            .ProblemAsync(HttpStatusCode.NotFound, "registry.version_not_found");
    }

    [Fact]
    public async Task Promotions_at_once_have_one_order_and_none_is_lost()
    {
        var model = await registry.RegisterWithVersionsAsync(6);

        await Task.WhenAll(Enumerable.Range(1, 6).Select(version => registry.PromoteAsync(model, $"{version}")));

        var promotions = (await registry.ItemsAsync($"/v1/models/{model}/history")).Where(entry => ActionOf(entry) == "promoted").Reverse().ToList();
        var chain = promotions.Select(entry => entry!["version"]!.GetValue<string>()).ToList();
        Assert.Equal(Enumerable.Range(1, 6).Select(version => $"{version}"), chain.Order());
        Assert.Equal(chain.SkipLast(1).Prepend(null), promotions.Select(entry => entry!["previousVersion"]?.GetValue<string>()));
        Assert.Equal(chain[^1], await registry.ChampionAsync(model));
        for (var i = chain.Count - 2; i >= 0; i--)
            Assert.Equal(chain[i], (await registry.PostAsync($"/v1/models/{model}/rollback", new { }))["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task Rolling_back_goes_through_the_versions_that_served_and_ends_at_the_first()
    {
        var model = await registry.RegisterWithVersionsAsync(3);
        foreach (var version in new[] { "1", "2", "3" }) await registry.PromoteAsync(model, version);

        var first = await registry.PostAsync($"/v1/models/{model}/rollback", new { reason = "drift" });
        var second = await registry.PostAsync($"/v1/models/{model}/rollback", new { });

        Assert.Equal(("2", "3", "drift"), (Text(first, "version"), Text(first, "previousVersion"), Text(first, "reason")));
        Assert.Equal(("1", "2", "completed"), (Text(second, "version"), Text(second, "previousVersion"), Text(second, "state")));
        await registry.Http.PostAsJsonAsync($"/v1/models/{model}/rollback", new { })
            .ProblemAsync(HttpStatusCode.Conflict, "registry.no_previous_version");
        Assert.Equal("1", await registry.ChampionAsync(model));
    }

    [Fact]
    public async Task A_version_promoted_after_a_roll_back_goes_back_to_what_served_before_it()
    {
        var model = await registry.RegisterWithVersionsAsync(3);
        foreach (var version in new[] { "1", "2" }) await registry.PromoteAsync(model, version);
        await registry.PostAsync($"/v1/models/{model}/rollback", new { });
        await registry.PromoteAsync(model, "3");
        await registry.PromoteAsync(model, "3"); // again: nothing to go back to in between

        Assert.Equal("1", Text(await registry.PostAsync($"/v1/models/{model}/rollback", new { }), "version"));
    }

    [Fact]
    public async Task Rolling_back_needs_no_body_and_needs_something_to_go_back_to()
    {
        var model = await registry.RegisterWithVersionsAsync(2);
        await registry.Http.PostAsync($"/v1/models/{model}/rollback", null).ProblemAsync(HttpStatusCode.Conflict, "registry.no_previous_version");
        await registry.Http.PostAsJsonAsync($"/v1/models/{model}/rollback", new { alias = "canary" }).ProblemAsync(HttpStatusCode.NotFound, "registry.alias_not_found");
        await registry.Http.PostAsJsonAsync($"/v1/models/{model}/rollback", new { alias = "A!" }).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        await registry.Http.PostAsJsonAsync("/v1/models/nobody/rollback", new { }).ProblemAsync(HttpStatusCode.NotFound, "registry.model_not_found");
        await registry.PromoteAsync(model, "1");
        await registry.PromoteAsync(model, "2");

        Assert.Equal("1", Text(await registry.Http.PostAsync($"/v1/models/{model}/rollback", null).JsonAsync(), "version"));
    }

    [Fact]
    public async Task Another_alias_is_rolled_back_alone()
    {
        var model = await registry.RegisterWithVersionsAsync(2);
        foreach (var version in new[] { "1", "2" }) await registry.PromoteAsync(model, version);
        foreach (var version in new[] { "1", "2" }) await registry.PromoteAsync(model, version, "challenger");

        await registry.PostAsync($"/v1/models/{model}/rollback", new { alias = "challenger" });

        var aliases = (await registry.GetAsync($"/v1/models/{model}"))["aliases"]!;
        Assert.Equal(("2", "1"), (Text(aliases, "champion"), Text(aliases, "challenger")));
    }

    [Fact]
    public async Task The_history_tells_who_did_what_when_and_why_the_latest_first()
    {
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, UploadTests.SampleOf("credit", "v1"));
        await registry.UploadAsync(model, UploadTests.SampleOf("credit", "v2"));
        await registry.PromoteAsync(model, "1");
        await registry.PostAsync($"/v1/models/{model}/promotions", new { version = "2", reason = "sharper" });
        await registry.PostAsync($"/v1/models/{model}/rollback", new { reason = "drift" });

        var history = await registry.ItemsAsync($"/v1/models/{model}/history");

        Assert.Equal(["rolled_back", "promoted", "promoted", "version_created", "version_created", "registered"], history.Select(ActionOf));
        Assert.Equal(["6", "5", "4", "3", "2", "1"], history.Select(entry => entry!["sequence"]!.ToJsonString()));
        Assert.Equal(("1", "2", "drift", "anonymous"), (Text(history[0]!, "version"), Text(history[0]!, "previousVersion"), Text(history[0]!, "reason"), Text(history[0]!, "by")));
        Assert.Equal("sharper", Text(history[1]!, "reason"));
        Assert.True(history.All(entry => DateTimeOffset.Parse(Text(entry!, "at")!).Offset == TimeSpan.Zero));
    }

    [Fact]
    public async Task The_history_pages()
    {
        var model = await registry.RegisterWithVersionsAsync(3);

        var first = await registry.GetAsync($"/v1/models/{model}/history?limit=3");
        var second = await registry.GetAsync($"/v1/models/{model}/history?limit=3&after={Text(first, "next")}");

        Assert.Equal(["4", "3", "2"], first["items"]!.AsArray().Select(entry => entry!["sequence"]!.ToJsonString()));
        Assert.Equal(["1"], second["items"]!.AsArray().Select(entry => entry!["sequence"]!.ToJsonString()));
        Assert.Null(second["next"]);
        await registry.Http.GetAsync($"/v1/models/{model}/history?after=x").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    private static string? ActionOf(JsonNode? entry) => Text(entry!, "action");

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();
}
