using System.Net;
using System.Text;
using Platform.TestKit;

namespace Platform.Registry.Tests.Rollouts;

public sealed class StrategyRulesTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    [Theory]
    [InlineData("""{"kind":"canary"}""", "strategy.steps")]
    [InlineData("""{"kind":"canary","steps":[]}""", "strategy.steps")]
    [InlineData("""{"kind":"canary","steps":[null]}""", "strategy.steps[0].weight")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0}]}""", "strategy.steps[0].weight")]
    [InlineData("""{"kind":"canary","steps":[{"weight":1}]}""", "strategy.steps[0].weight")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2},{"weight":0.2}]}""", "strategy.steps[1].weight")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2,"minimumSamples":-1}]}""", "strategy.steps[0].minimumSamples")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2,"minimumMinutes":1e9}]}""", "strategy.steps[0].minimumMinutes")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"confidence":1}""", "strategy.confidence")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"onFailure":"shout"}""", "strategy.onFailure")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"share":0.5}""", "strategy.share")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"guards":[null]}""", "strategy.guards[0].measure")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"guards":[{"measure":"errors.rate"}]}""", "strategy.guards[0]")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"guards":[{"measure":"errors.rate","ratio":1.2}]}""", "strategy.guards[0]")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"guards":[{"measure":"errors.rate","margin":0}]}""", "strategy.guards[0]")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"guards":[{"measure":"latency.p99","margin":0.1}]}""", "strategy.guards[0]")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"guards":[{"measure":"latency.p99","ratio":0.9}]}""", "strategy.guards[0]")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"guards":[{"measure":"outcomes.conversion","ratio":1.2}]}""", "strategy.guards[0]")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"guards":[{"measure":"outcomes.revenue","margin":1e9}]}""", "strategy.guards[0]")]
    [InlineData("""{"kind":"shadow","share":0}""", "strategy.share")]
    [InlineData("""{"kind":"shadow","steps":[]}""", "strategy.steps")]
    [InlineData("""{"kind":"immediate","keepWarmMinutes":1}""", "strategy.keepWarmMinutes")]
    [InlineData("""{"kind":"blue_green","keepWarmMinutes":-1}""", "strategy.keepWarmMinutes")]
    [InlineData("""{"kind":"ab"}""", "strategy.split")]
    [InlineData("""{"kind":"ab","split":[{"version":"1","weight":0.6},{"version":"2","weight":0.6}],"primary":{"measure":"errors.rate","minimumEffect":0.1}}""", "strategy.split")]
    [InlineData("""{"kind":"ab","split":[{"version":"1","weight":0.5},{"version":"2","weight":0.5}]}""", "strategy.primary")]
    [InlineData("""{"kind":"ab","split":[{"version":"1","weight":0.5},{"version":"2","weight":0.5}],"primary":{"measure":"latency.p50","minimumEffect":0.1}}""", "strategy.primary.measure")]
    public async Task What_is_wrong_is_named_by_field(string strategy, string field)
    {
        var model = await RolloutTests.ServingAsync(registry);

        var problem = await registry.Http.PostAsync($"/v1/models/{model}/promotions", Body(strategy)).JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal("request.invalid", (string?)problem["code"]);
        Assert.Contains(field, problem["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal("1", await registry.ChampionAsync(model));
    }

    [Theory]
    [InlineData("""{"kind":"gradual"}""", HttpStatusCode.BadRequest, "registry.strategy_unsupported")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"guards":[{"measure":"drift.share","margin":0.1}]}""", HttpStatusCode.UnprocessableEntity, "registry.measure_unsupported")]
    [InlineData("""{"kind":"canary","steps":[{"weight":0.2}],"guards":[{"measure":"latency.p9\u0663","ratio":1.2}]}""", HttpStatusCode.UnprocessableEntity, "registry.measure_unsupported")]
    [InlineData("""{"kind":"ab","split":[{"version":"1","weight":0.5},{"version":"3","weight":0.5}],"primary":{"measure":"errors.rate","minimumEffect":0.1}}""", HttpStatusCode.NotFound, "registry.version_not_found")]
    [InlineData("""{"kind":"ab","split":[{"version":"2","weight":0.5},{"version":"champion","weight":0.5}],"primary":{"measure":"errors.rate","minimumEffect":0.1}}""", HttpStatusCode.Accepted, null)]
    [InlineData("""{"kind":"ab","split":[{"version":"2","weight":0.5},{"version":"champion","weight":0.5}],"primary":{"measure":"outcomes.revenue","minimumEffect":20}}""", HttpStatusCode.Accepted, null)]
    [InlineData("""{"kind":"ab","split":[{"version":"2","weight":0.5},{"version":"champion","weight":0.5}],"primary":{"measure":"errors.rate","minimumEffect":1}}""", HttpStatusCode.BadRequest, "request.invalid")]
    public async Task What_cannot_be_done_is_refused_by_its_code(string strategy, HttpStatusCode status, string? code)
    {
        var model = await RolloutTests.ServingAsync(registry);
        var answer = registry.Http.PostAsync($"/v1/models/{model}/promotions", Body(strategy));

        if (code is null) Assert.Equal(status, (await answer).StatusCode);
        else await answer.ProblemAsync(status, code);
    }

    [Fact]
    public async Task A_split_may_name_its_versions_by_alias()
    {
        var model = await RolloutTests.ServingAsync(registry);
        await registry.PromoteAsync(model, "2", "next");
        var begun = await registry.Http.PostAsync($"/v1/models/{model}/promotions", Body("""
            {"kind":"ab","split":[{"version":"champion","weight":0.25},{"version":"next","weight":0.75}],"primary":{"measure":"errors.rate","minimumEffect":0.1}}
            """)).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(["1", "2"], begun["strategy"]!["split"]!.AsArray().Select(share => (string?)share!["version"]));
        Assert.Equal(0.75, (double)(await registry.ItemsAsync("/v1/deployments")).Single(item => (string?)item!["model"] == model && (string?)item["alias"] == "champion")!["split"]![1]!["weight"]!);
    }

    [Fact]
    public async Task Without_a_champion_and_with_itself_there_is_nothing_to_compare()
    {
        var model = await registry.RegisterWithVersionsAsync(2);
        await registry.Http.PostAsync($"/v1/models/{model}/promotions", Body("""{"kind":"shadow"}""")).ProblemAsync(HttpStatusCode.Conflict, "registry.nothing_to_compare");
        await registry.PromoteAsync(model, "2");
        await registry.Http.PostAsync($"/v1/models/{model}/promotions", Body("""{"kind":"shadow"}""")).ProblemAsync(HttpStatusCode.Conflict, "registry.nothing_to_compare");
    }

    private static StringContent Body(string strategy) => new($$"""{"version":"2","strategy":{{strategy}}}""", Encoding.UTF8, "application/json");
}
