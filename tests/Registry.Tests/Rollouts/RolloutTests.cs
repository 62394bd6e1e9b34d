using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Monitor;
using Platform.TestKit;

namespace Platform.Registry.Tests.Rollouts;

public sealed class RolloutTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private static readonly object[] Steps = [new { weight = 0.1, minimumSamples = 100 }, new { weight = 0.5, minimumSamples = 200 }];
    private static readonly object[] Accuracy = [new { measure = "performance.accuracy", margin = 0.05 }];

    [Fact]
    public async Task A_good_challenger_goes_through_the_steps_and_becomes_champion()
    {
        var (model, id) = await BeginAsync(new { kind = "canary", steps = Steps, guards = Accuracy });
        Assert.Equal([("1", 0.9, "champion"), ("2", 0.1, "challenger")], await SplitAsync(model));
        Assert.Equal("1", await registry.ChampionAsync(model));

        var second = await FeedUntilAsync(model, id, promotion => (int)promotion["step"]! == 2, challenger: 0.9);
        Assert.Equal([("1", 0.5, "champion"), ("2", 0.5, "challenger")], await SplitAsync(model));
        Assert.Equal("advance", (string?)second["decisions"]!.AsArray().Last(decision => (int)decision!["step"]! == 1)!["verdict"]);
        var ended = await FeedUntilAsync(model, id, promotion => (string?)promotion["state"] == "completed", challenger: 0.9);

        Assert.Equal("2", await registry.ChampionAsync(model));
        Assert.Equal([("2", 1, "champion")], await SplitAsync(model));
        var measure = ended["decisions"]!.AsArray()[^1]!["measures"]![0]!;
        Assert.Equal("performance.accuracy", (string?)measure["measure"]);
        Assert.True((double)measure["interval"]![0]! > -0.05, measure.ToJsonString());
        Assert.True((long)measure["samples"]![1]! >= 200);
        await Eventually.TrueAsync(() => registry.Heard.Count(heard => heard.Model == model) == 2, "the end, and only the end, is told as a promotion");
        Assert.Equal(["promotion_ended", "promoted", "promotion_stepped", "promotion_started"], await ActionsAsync(model, 4));
        var measured = Assert.Single(await registry.ItemsAsync($"/v1/models/{model}/versions/2/gates"))!;
        Assert.Equal((id, "running", "canary"), ((string?)measured["id"], (string?)measured["state"], (string?)measured["strategy"]!["kind"]));
    }

    [Fact]
    public async Task A_bad_challenger_is_rolled_back_with_the_numbers_that_say_why()
    {
        var (model, id) = await BeginAsync(new { kind = "canary", steps = Steps, guards = Accuracy });

        var ended = await FeedUntilAsync(model, id, promotion => (string?)promotion["state"] == "rolled_back", challenger: 0.3);

        Assert.Equal("1", await registry.ChampionAsync(model));
        Assert.Equal([("1", 1, "champion")], await SplitAsync(model));
        var decision = ended["decisions"]!.AsArray()[^1]!;
        Assert.Equal(("rollback", "performance.accuracy is worse than its guard allows."), ((string?)decision["verdict"], (string?)decision["reason"]));
        Assert.True((double)decision["measures"]![0]!["interval"]![1]! < -0.05);
        Assert.Single(registry.Heard, heard => heard.Model == model);
        await registry.PromoteAsync(model, "2"); // nothing is left in the way
    }

    [Fact]
    public async Task What_fails_may_be_paused_instead_resumed_and_cancelled()
    {
        var (model, id) = await BeginAsync(new { kind = "canary", steps = Steps, guards = Accuracy, onFailure = "pause" });
        await FeedUntilAsync(model, id, promotion => (string?)promotion["state"] == "paused", challenger: 0.3);
        Assert.Equal([("1", 0.9, "champion"), ("2", 0.1, "challenger")], await SplitAsync(model));

        Assert.Equal("running", (string?)(await registry.Http.PostAsync($"/v1/promotions/{id}/resume", null).JsonAsync())["state"]);
        Assert.Equal("paused", (string?)(await registry.Http.PostAsync($"/v1/promotions/{id}/pause", null).JsonAsync())["state"]);
        Assert.Equal("cancelled", (string?)(await registry.Http.DeleteAsync($"/v1/promotions/{id}").JsonAsync())["state"]);

        Assert.Equal([("1", 1, "champion")], await SplitAsync(model));
        await registry.Http.PostAsync($"/v1/promotions/{id}/resume", null).ProblemAsync(HttpStatusCode.Conflict, "registry.promotion_ended");
    }

    [Fact]
    public async Task A_restart_in_mid_step_changes_nothing_and_the_rest_goes_on()
    {
        await using var own = new Disposing(await RegistryHost.StartAsync());
        var (model, id) = await BeginAsync(own.Host, new { kind = "canary", steps = Steps, guards = Accuracy });
        await FeedUntilAsync(own.Host, model, id, promotion => (int)promotion["step"]! == 2, challenger: 0.9);

        await own.Host.RestartAsync();

        Assert.Equal(2, (int)(await own.Host.GetAsync($"/v1/promotions/{id}"))["step"]!);
        var ended = await FeedUntilAsync(own.Host, model, id, promotion => (string?)promotion["state"] == "completed", challenger: 0.9);
        Assert.Equal([1, 2], ended["decisions"]!.AsArray().Where(decision => (string?)decision!["verdict"] == "advance").Select(decision => (int)decision!["step"]!));
    }

    [Fact]
    public async Task Steps_without_guards_go_by_samples_alone()
    {
        var (model, id) = await BeginAsync(new { kind = "canary", steps = new[] { new { weight = 0.2, minimumSamples = 50 } } });

        await FeedUntilAsync(model, id, promotion => (string?)promotion["state"] == "completed", challenger: 0.1);

        Assert.Equal("2", await registry.ChampionAsync(model));
    }

    [Fact]
    public async Task A_blue_green_switch_is_at_once_and_can_be_taken_back_while_the_old_one_is_warm()
    {
        var (model, id) = await BeginAsync(new { kind = "blue_green", keepWarmMinutes = 5 });
        Assert.Equal("2", await registry.ChampionAsync(model));
        Assert.Equal([("2", 1, "champion"), ("1", 0, "challenger")], await SplitAsync(model));

        await registry.Http.DeleteAsync($"/v1/promotions/{id}").JsonAsync();

        Assert.Equal("1", await registry.ChampionAsync(model));
        Assert.Equal([("1", 1, "champion")], await SplitAsync(model));
        Assert.Equal(["promotion_ended", "rolled_back", "promoted"], await ActionsAsync(model, 3));
    }

    [Fact]
    public async Task A_blue_green_switch_ends_when_the_old_one_need_not_be_warm_any_more()
    {
        var (model, id) = await BeginAsync(new { kind = "blue_green", keepWarmMinutes = 0 });

        await Eventually.TrueAsync(async () => (string?)(await registry.GetAsync($"/v1/promotions/{id}"))["state"] == "completed", "it ends");

        Assert.Equal([("2", 1, "champion")], await SplitAsync(model));
    }

    [Fact]
    public async Task A_shadow_goes_on_until_it_is_ended_and_moves_nothing()
    {
        var (model, id) = await BeginAsync(new { kind = "shadow", share = 0.25 });
        Assert.Equal([("1", 1, "champion"), ("2", 0.25, "shadow")], await SplitAsync(model));

        await registry.Http.DeleteAsync($"/v1/promotions/{id}").JsonAsync();

        Assert.Equal("1", await registry.ChampionAsync(model));
        Assert.Equal([("1", 1, "champion")], await SplitAsync(model));
    }

    [Theory]
    [InlineData("performance.accuracy", 0.95, "completed", "2")]
    [InlineData("performance.accuracy", 0.8, "rolled_back", "1")]
    [InlineData("outcomes.conversion", 0.95, "completed", "2")]
    [InlineData("outcomes.conversion", 0.8, "rolled_back", "1")]
    [InlineData("outcomes.revenue", 0.95, "completed", "2")]
    [InlineData("outcomes.revenue", 0.8, "rolled_back", "1")]
    public async Task A_test_is_decided_by_its_primary_measure(string measure, double accuracy, string state, string champion)
    {
        var (model, id) = await BeginAsync(new
        {
            kind = "ab", split = new[] { new { version = "1", weight = 0.5 }, new { version = "2", weight = 0.5 } },
            primary = new { measure, minimumEffect = 0.1 },
        });

        var ended = await FeedUntilAsync(model, id, promotion => (string?)promotion["state"] == state, accuracy, champion: 0.8);

        Assert.Equal(champion, await registry.ChampionAsync(model));
        Assert.Equal(measure, (string?)ended["decisions"]!.AsArray()[^1]!["measures"]![0]!["measure"]);
    }

    [Fact]
    public async Task A_version_that_converts_less_is_rolled_back_with_the_numbers_of_both()
    {
        var (model, id) = await BeginAsync(new { kind = "canary", steps = Steps, guards = new[] { new { measure = "outcomes.conversion", margin = 0.05 } } });

        var ended = await FeedUntilAsync(model, id, promotion => (string?)promotion["state"] == "rolled_back", challenger: 0.3);

        var compared = ended["decisions"]!.AsArray()[^1]!["measures"]![0]!;
        Assert.Equal(("outcomes.conversion", 0.9, 0.3), ((string?)compared["measure"], (double)compared["champion"]!, (double)compared["challenger"]!));
        Assert.True((double)compared["interval"]![1]! < -0.05 && (double)compared["pValue"]! < 0.05 && (long)compared["samples"]![1]! > 0, compared.ToJsonString());
    }

    [Fact]
    public async Task While_one_runs_nobody_else_moves_its_alias()
    {
        var (model, id) = await BeginAsync(new { kind = "shadow" });
        var promotion = await registry.Http.PostAsJsonAsync($"/v1/models/{model}/promotions", new { version = "2" })
            .JsonAsync(HttpStatusCode.Conflict);

        Assert.Equal(("registry.promotion_running", id), ((string?)promotion["code"], (string?)promotion["promotion"]));
        await registry.Http.PostAsync($"/v1/models/{model}/rollback", null).ProblemAsync(HttpStatusCode.Conflict, "registry.promotion_running");
        Assert.Equal("1", await registry.ChampionAsync(model));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_moves_nothing()
    {
        var model = await ServingAsync(registry);
        var foreseen = await registry.PostAsync($"/v1/models/{model}/promotions",
            new { version = "2", strategy = new { kind = "canary", steps = Steps, guards = Accuracy }, dryRun = true });

        Assert.Equal("measured", (string?)foreseen["state"]);
        Assert.NotEmpty(foreseen["gates"]!.AsArray());
        var expected = foreseen["expected"]!.AsArray();
        Assert.Equal([(1, 0.1), (2, 0.5)], expected.Select(step => ((int)step!["step"]!, (double)step["weight"]!)));
        Assert.All(expected, step => Assert.InRange((long)step!["challengerSamples"]!, 500, 100_000));
        Assert.Equal("measured", (string?)(await registry.PostAsync($"/v1/models/{model}/promotions", new { version = "2", dryRun = true }))["state"]);
        Assert.Equal(("1", 1), (await registry.ChampionAsync(model), (await SplitAsync(model)).Length));
        Assert.Equal(["gates_measured"], await ActionsAsync(model, 1));
    }

    [Fact]
    public async Task A_promotion_that_was_done_at_once_can_be_read_too_and_one_that_never_was_cannot()
    {
        var model = await registry.RegisterWithVersionsAsync(1);
        var promotion = await registry.PromoteAsync(model, "1");

        Assert.Equal("completed", (string?)(await registry.GetAsync($"/v1/promotions/{promotion["id"]}"))["state"]);
        await registry.Http.GetAsync("/v1/promotions/nothing").ProblemAsync(HttpStatusCode.NotFound, "registry.promotion_not_found");
        await registry.Http.DeleteAsync("/v1/promotions/nothing").ProblemAsync(HttpStatusCode.NotFound, "registry.promotion_not_found");
    }

    internal static async Task<string> ServingAsync(RegistryHost registry)
    {
        var model = await registry.RegisterWithVersionsAsync(2);
        await registry.PromoteAsync(model, "1");
        return model;
    }

    private Task<(string Model, string Id)> BeginAsync(object strategy) => BeginAsync(registry, strategy);

    private static async Task<(string Model, string Id)> BeginAsync(RegistryHost registry, object strategy)
    {
        var model = await ServingAsync(registry);
        using var answer = await registry.Http.PostAsJsonAsync($"/v1/models/{model}/promotions", new { version = "2", strategy });
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var promotion = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("running", $"/v1/promotions/{promotion["id"]}"), ((string?)promotion["state"], answer.Headers.Location!.ToString()));
        return (model, (string)promotion["id"]!);
    }

    private Task<JsonNode> FeedUntilAsync(string model, string id, Predicate<JsonNode> until, double challenger, double champion = 0.9) =>
        FeedUntilAsync(registry, model, id, until, challenger, champion);

    /// <summary>Says, as the monitor would, that more and more requests were answered and labelled, until the promotion is where the test wants it.</summary>
    private static async Task<JsonNode> FeedUntilAsync(
        RegistryHost registry, string model, string id, Predicate<JsonNode> until, double challenger, double champion = 0.9)
    {
        JsonNode? promotion = null;
        await Eventually.TrueAsync(async () =>
        {
            var seconds = Interlocked.Increment(ref _told);
            await registry.Services.GetRequiredService<IBus>().Publish(new RoutesCounted
            {
                Model = model, At = DateTimeOffset.UtcNow, Routes = [Count("1", "champion", seconds, champion), Count("2", "challenger", seconds, challenger)],
            });
            promotion = await registry.GetAsync($"/v1/promotions/{id}");
            return until(promotion);
        }, "the promotion goes on");
        return promotion!;
    }

    private static long _told;

    private static RouteCount Count(string version, string route, long times, double accuracy) => new()
    {
        Version = version, Route = route, Requests = 1000 * times, Labelled = 1000 * times, Correct = (long)(1000 * times * accuracy), LatencyCounts = [1000 * times],
        Outcomes =
        [
            new() { Name = "conversion", Count = 1000 * times, ZeroOrOne = 1000 * times, Sum = 1000 * times * accuracy, SumOfSquares = 1000 * times * accuracy },
            new() { Name = "revenue", Count = 1000 * times, Sum = 1000 * times * 5 * accuracy, SumOfSquares = 1000 * times * 26 },
        ],
    };

    private async Task<(string, double, string)[]> SplitAsync(string model)
    {
        var deployment = (await registry.ItemsAsync("/v1/deployments")).Single(deployment => (string?)deployment!["model"] == model);
        return [.. deployment!["split"]!.AsArray().Select(share => ((string)share!["version"]!, (double)share["weight"]!, (string)share["role"]!))];
    }

    private async Task<string[]> ActionsAsync(string model, int latest) =>
        [.. (await registry.ItemsAsync($"/v1/models/{model}/history")).Take(latest).Select(entry => (string)entry!["action"]!)];

    private sealed class Disposing(RegistryHost host) : IAsyncDisposable
    {
        public RegistryHost Host => host;

        public async ValueTask DisposeAsync() => await host.DisposeAsync();
    }
}
