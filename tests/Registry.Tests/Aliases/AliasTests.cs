using System.Net;
using System.Net.Http.Json;
using System.Text;
using Platform.TestKit;

namespace Platform.Registry.Tests.Aliases;

public sealed class AliasTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    [Fact]
    public async Task An_alias_names_the_version_it_was_set_to_until_it_is_removed()
    {
        var model = await registry.RegisterWithVersionsAsync(2);

        var set = await SetAsync(model, "shadow", "2").JsonAsync();
        Assert.Equal(("shadow", "2"), (set["alias"]!.GetValue<string>(), set["version"]!.GetValue<string>()));
        Assert.Equal("2", (await registry.GetAsync($"/v1/models/{model}/versions/shadow"))["version"]!.GetValue<string>());

        await SetAsync(model, "shadow", "1").JsonAsync();
        Assert.Equal("1", (await registry.GetAsync($"/v1/models/{model}/versions/shadow"))["version"]!.GetValue<string>());

        using var removed = await registry.Http.DeleteAsync($"/v1/models/{model}/aliases/shadow");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await registry.Http.GetAsync($"/v1/models/{model}/versions/shadow").ProblemAsync(HttpStatusCode.NotFound, "registry.version_not_found");
        Assert.Equal(["alias_removed", "alias_set", "alias_set"],
            (await registry.ItemsAsync($"/v1/models/{model}/history")).Take(3).Select(entry => entry!["action"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_alias_can_be_set_to_what_another_alias_names()
    {
        var model = await registry.RegisterWithVersionsAsync(2);
        await registry.PromoteAsync(model, "2");

        Assert.Equal("2", (await SetAsync(model, "stable", "champion").JsonAsync())["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_champion_moves_by_promotion_only()
    {
        var model = await registry.RegisterWithVersionsAsync(2);
        await registry.PromoteAsync(model, "1");

        await SetAsync(model, "champion", "2").ProblemAsync(HttpStatusCode.Conflict, "registry.alias_protected");
        await registry.Http.DeleteAsync($"/v1/models/{model}/aliases/champion").ProblemAsync(HttpStatusCode.Conflict, "registry.alias_protected");

        Assert.Equal("1", await registry.ChampionAsync(model));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("12")]
    [InlineData("Shadow")]
    [InlineData("a%20b")]
    [InlineData("-a")]
    public async Task A_name_that_is_none_is_refused(string alias)
    {
        var model = await registry.RegisterWithVersionsAsync(1);

        await SetAsync(model, alias, "1").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"version":null}""")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":"1","weight":5}""")]
    public async Task A_body_of_another_form_is_refused(string body)
    {
        var model = await registry.RegisterWithVersionsAsync(1);

        await registry.Http.PutAsync($"/v1/models/{model}/aliases/shadow", new StringContent(body, Encoding.UTF8, "application/json"))
            .ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var model = await registry.RegisterWithVersionsAsync(1);

        await SetAsync(model, "shadow", "9").ProblemAsync(HttpStatusCode.NotFound, "registry.version_not_found");
        await SetAsync("nobody", "shadow", "1").ProblemAsync(HttpStatusCode.NotFound, "registry.model_not_found");
        await registry.Http.DeleteAsync($"/v1/models/{model}/aliases/shadow").ProblemAsync(HttpStatusCode.NotFound, "registry.alias_not_found");
    }

    private Task<HttpResponseMessage> SetAsync(string model, string alias, string version) =>
        registry.Http.PutAsJsonAsync($"/v1/models/{model}/aliases/{alias}", new { version });
}
