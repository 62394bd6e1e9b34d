using System.Net;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Monitor;
using Platform.Registry.Versions;
using Platform.TestKit;

namespace Platform.Registry.Tests.Promotions;

public sealed class RollBackByAlertTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private const string Summary = "credit/2: system.errorRate is 0.3, above 0.05 in 2 of the last 3 windows.";

    [Fact]
    public async Task An_alert_about_the_version_that_was_promoted_gives_the_alias_the_one_before()
    {
        var model = await PromotedAsync(registry);
        var alert = Alert(model);

        await RaiseAsync(registry, alert);

        await Eventually.TrueAsync(async () => await registry.ChampionAsync(model) == "1", "version 1 serves again");
        var entry = await LatestAsync(registry, model);
        Assert.Equal(("rolled_back", "1", "2", "monitor"), ((string?)entry["action"], (string?)entry["version"], (string?)entry["previousVersion"], (string?)entry["by"]));
        Assert.Equal($"Alert {alert.AlertId} of the rule 'error-rate': {Summary}", (string?)entry["reason"]);
        Assert.Contains(await EventsAsync(model), type => type == "registry.model-rolled-back.v1");
    }

    [Fact]
    public async Task A_restart_keeps_what_an_alias_goes_back_to()
    {
        var own = await RegistryHost.StartAsync();
        try
        {
            var model = await PromotedAsync(own);
            await own.RestartAsync();

            await RaiseAsync(own, Alert(model));

            await Eventually.TrueAsync(async () => await own.ChampionAsync(model) == "1", "version 1 serves again");
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    public static TheoryData<string> Idle => ["another version", "without an action", "an action of later", "long after", "from before", "of no model"];

    [Theory, MemberData(nameof(Idle))]
    public async Task Any_other_alert_changes_nothing(string which)
    {
        var model = await PromotedAsync(registry);
        var alert = Alert(model);

        await RaiseAsync(registry, which switch
        {
            "another version" => alert with { Version = "1" },
            "without an action" => alert with { Action = null },
            "an action of later" => alert with { Action = "page" },
            "long after" => alert with { At = alert.At.AddMinutes(61) },
            "from before" => alert with { At = alert.At.AddHours(-1) },
            _ => alert with { Model = "nobody" },
        });

        await HandledAsync();
        Assert.Equal(("2", "promoted"), (await registry.ChampionAsync(model), (string?)(await LatestAsync(registry, model))["action"]));
    }

    [Fact]
    public async Task A_promotion_is_taken_back_once_and_not_again_when_somebody_insists()
    {
        var model = await PromotedAsync(registry, versions: 3);
        await RaiseAsync(registry, Alert(model, "3"));
        await Eventually.TrueAsync(async () => await registry.ChampionAsync(model) == "2", "version 2 serves again");

        await RaiseAsync(registry, Alert(model, "3"));
        await RaiseAsync(registry, Alert(model, "2"));
        await HandledAsync();

        Assert.Equal("2", await registry.ChampionAsync(model));
        await registry.PromoteAsync(model, "3");
        await RaiseAsync(registry, Alert(model, "3"));
        await Eventually.TrueAsync(async () => await registry.ChampionAsync(model) == "2", "another promotion is another chance");
    }

    [Theory]
    [InlineData("canary", """{"kind":"canary","steps":[{"weight":0.1,"minimumMinutes":60}]}""")]
    [InlineData("blue_green", """{"kind":"blue_green","keepWarmMinutes":30}""")]
    [InlineData("paused", """{"kind":"canary","steps":[{"weight":0.1,"minimumMinutes":60}]}""")]
    public async Task A_promotion_under_way_is_rolled_back_as_a_failed_guard_does_it(string which, string strategy)
    {
        var model = await registry.RegisterWithVersionsAsync(2);
        await registry.PromoteAsync(model, "1");
        var begun = await registry.PostAsync($"/v1/models/{model}/promotions", new { version = "2", strategy = JsonNode.Parse(strategy) }, HttpStatusCode.Accepted);
        var promotion = $"/v1/promotions/{begun["id"]}";
        if (which == "paused") await registry.Http.PostAsync($"{promotion}/pause", null).JsonAsync();
        await RaiseAsync(registry, Alert(model, "1"));
        await HandledAsync();
        Assert.Equal(which == "paused" ? "paused" : "running", (string?)(await registry.GetAsync(promotion))["state"]);

        await RaiseAsync(registry, Alert(model));

        await Eventually.TrueAsync(async () => (string?)(await registry.GetAsync(promotion))["state"] == "rolled_back", "it is rolled back");
        Assert.Equal("1", await registry.ChampionAsync(model));
        var decision = (await registry.GetAsync(promotion))["decisions"]!.AsArray()[^1]!;
        Assert.Equal("rollback", (string?)decision["verdict"]);
        Assert.EndsWith(Summary, (string?)decision["reason"]);
    }

    [Theory]
    [InlineData("archived", "Not rolled back: version 1 is archived.")]
    [InlineData("deleted", "Not rolled back: version 1 is gone.")]
    [InlineData("under way", "is under way.")]
    public async Task Where_the_version_before_cannot_serve_the_history_says_so_once(string which, string reason)
    {
        var model = await PromotedAsync(registry, versions: which == "under way" ? 3 : 2, serving: "2");
        var change = registry.Services.GetRequiredService<ChangeVersion>();
        if (which == "archived") Assert.Null((await change.ArchiveAsync(model, "1", true, "ann", default)).Error);
        if (which == "deleted") Assert.Null((await change.DeleteAsync(model, "1", "ann", default)).Error);
        if (which == "under way")
            await registry.PostAsync($"/v1/models/{model}/promotions", new { version = "3", strategy = new { kind = "shadow" } }, HttpStatusCode.Accepted);

        await RaiseAsync(registry, Alert(model));
        await RaiseAsync(registry, Alert(model));
        await HandledAsync();

        Assert.Equal("2", await registry.ChampionAsync(model));
        var skipped = Assert.Single(await registry.ItemsAsync($"/v1/models/{model}/history"), entry => (string?)entry!["action"] == "rollback_skipped")!;
        Assert.Contains(reason, (string?)skipped["reason"]);
        Assert.EndsWith(Summary, (string?)skipped["reason"]);
    }

    [Fact]
    public async Task The_first_version_of_a_model_has_none_to_go_back_to()
    {
        var model = await PromotedAsync(registry, versions: 1);

        await RaiseAsync(registry, Alert(model, "1"));

        await Eventually.TrueAsync(async () => (string?)(await LatestAsync(registry, model))["action"] == "rollback_skipped", "the history says so");
        Assert.Equal("1", await registry.ChampionAsync(model));
    }

    /// <summary>A model whose versions were promoted one after the other.</summary>
    private static async Task<string> PromotedAsync(RegistryHost registry, int versions = 2, string? serving = null)
    {
        var model = await registry.RegisterWithVersionsAsync(versions);
        for (var version = 1; version <= int.Parse(serving ?? $"{versions}"); version++) await registry.PromoteAsync(model, $"{version}");
        return model;
    }

    private static AlertRaised Alert(string model, string version = "2") => new()
    {
        AlertId = Guid.NewGuid().ToString(), RuleId = "error-rate", Model = model, Version = version, Severity = "critical", Summary = Summary,
        Action = "rollback", ProtectionMinutes = 60, At = DateTimeOffset.UtcNow,
    };

    private static Task RaiseAsync(RegistryHost registry, AlertRaised alert) => registry.Services.GetRequiredService<IBus>().Publish(alert);

    /// <summary>Alerts are handled in their order: when a later one has been, those before have.</summary>
    private async Task HandledAsync()
    {
        var marker = await PromotedAsync(registry);
        await RaiseAsync(registry, Alert(marker));
        await Eventually.TrueAsync(async () => await registry.ChampionAsync(marker) == "1", "a later alert is handled");
    }

    private static async Task<JsonNode> LatestAsync(RegistryHost registry, string model) => (await registry.ItemsAsync($"/v1/models/{model}/history"))[0]!;

    private async Task<IEnumerable<string?>> EventsAsync(string model) =>
        (await registry.ItemsAsync("/v1/events?limit=1000")).Where(told => (string?)told!["model"] == model).Select(told => (string?)told!["type"]);
}
