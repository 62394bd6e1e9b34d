using System.Net;
using System.Net.Http.Json;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.Gates;

public sealed class PolicyGateTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private const string Groups = ""","fairness":{"feature":"group","privileged":{"min":1},"unprivileged":{"max":0},"favourableClass":"yes"}""";

    [Fact]
    public async Task Decisions_that_put_a_group_at_a_disadvantage_by_more_than_chance_are_refused()
    {
        var model = await registry.RegisterAsync(new { fairness = new { disparateImpact = new { atLeast = 0.8 }, alpha = 0.05 } });
        await registry.UploadAsync(model, Unfair(favouredOfUnprivileged: 20));
        await registry.UploadAsync(model, Unfair(favouredOfUnprivileged: 45));
        await registry.UploadAsync(model, Scored.Version(100, wrong: 0));

        var unfair = (await registry.RefusedAsync(model, "1")).Gate("fairness");
        var fair = (await registry.PromoteAsync(model, "2")).Gate("fairness");
        var unknown = (await registry.RefusedAsync(model, "3")).Gate("fairness");

        Assert.Equal(0.4, (double)unfair["measured"]!, 1e-12);
        Assert.InRange((double)unfair["evidence"]!["pValue"]!, 0, 0.001);
        Assert.Equal(100, (int)unfair["evidence"]!["support"]!["unprivileged"]!);
        Assert.Equal(0.9, (double)fair["measured"]!, 1e-12);
        Assert.Contains("do not name a privileged and an unprivileged group", (string)unknown["detail"]!);
    }

    [Fact]
    public async Task A_shortfall_that_may_be_chance_passes_and_says_so()
    {
        var model = await registry.RegisterAsync(new { fairness = new { } });
        await registry.UploadAsync(model, Unfair(favouredOfUnprivileged: 14, rows: 40, favouredOfPrivileged: 18));

        var gate = (await registry.PromoteAsync(model, "1")).Gate("fairness");

        Assert.InRange((double)gate["measured"]!, 0.77, 0.79);
        Assert.EndsWith("it must be at least 0.8, but the difference may be chance.", (string)gate["detail"]!);
    }

    [Fact]
    public async Task Latency_and_size_are_measured_here()
    {
        var model = await registry.RegisterAsync(new { latency = new { p99Milliseconds = 1e6 }, sizeBytes = new { atMost = 1e6 } });
        var version = await registry.UploadAsync(model, Scored.Version(30, wrong: 0));
        await registry.UploadAsync(model, new UploadBody());

        var gates = await registry.PromoteAsync(model, "1");
        var untimed = (await registry.RefusedAsync(model, "2")).Gate("latency");
        await registry.Http.PutAsJsonAsync($"/v1/models/{model}/gates", new { latency = new { p99Milliseconds = 1e-9 }, sizeBytes = new { atMost = 10 } }).JsonAsync();
        var refusal = await registry.RefusedAsync(model, "1");

        Assert.InRange((int)gates.Gate("latency")["evidence"]!["calls"]!, 1, 500);
        Assert.InRange((double)gates.Gate("latency")["measured"]!, 1e-6, 1e6);
        Assert.Equal((long)version["sizeBytes"]!, (long)gates.Gate("size")["measured"]!);
        Assert.Contains("There is no reference row that it answers", (string)untimed["detail"]!);
        Assert.Equal((false, false), ((bool)refusal.Gate("latency")["passed"]!, (bool)refusal.Gate("size")["passed"]!));
    }

    [Fact]
    public async Task Approvals_count_once_for_each_person_and_expire_and_are_not_the_authors()
    {
        var model = await registry.RegisterAsync(new { approvals = new { count = 2, withinHours = 1 } });
        await registry.UploadAsync(model, new UploadBody { Model = TinyModels.Linear(5).ToArray() });
        await registry.Http.PostAsync($"/v1/models/{model}/versions/1/approvals", null).ProblemAsync(HttpStatusCode.Conflict, "registry.approval_own");
        await ApproveAsync(model, "ben");
        await ApproveAsync(model, "ben");

        var one = (await registry.RefusedAsync(model, "1")).Gate("approvals");
        await ApproveAsync(model, "eva");
        await registry.Http.PutAsJsonAsync($"/v1/models/{model}/gates", new { approvals = new { count = 2, withinHours = 1e-9 } }).JsonAsync();
        var expired = (await registry.RefusedAsync(model, "1")).Gate("approvals");
        await registry.Http.PutAsJsonAsync($"/v1/models/{model}/gates", new { approvals = new { count = 2 } }).JsonAsync();
        var two = (await registry.PromoteAsync(model, "1")).Gate("approvals");

        Assert.Equal("1 of 2 approvals are there.", (string?)one["detail"]);
        Assert.Equal("0 of 2 approvals are there, and 2 have expired.", (string?)expired["detail"]);
        Assert.Equal(["ben", "eva"], two["evidence"]!.AsArray().Select(approval => (string)approval!["by"]!));
        Assert.Equal(["ben", "eva"], (await registry.ItemsAsync($"/v1/models/{model}/versions/1/approvals")).Select(approval => (string)approval!["by"]!));
        Assert.Contains(await registry.ItemsAsync($"/v1/models/{model}/history"), entry => (string?)entry!["action"] == "version_approved" && (string?)entry["by"] == "eva");
    }

    [Fact]
    public async Task An_override_needs_a_reason_lets_a_failing_version_through_and_stays_in_the_history()
    {
        var model = await registry.RegisterAsync(new { metrics = new { accuracy = new { atLeast = 0.8 } } });
        await registry.UploadAsync(model, new UploadBody { Model = TinyModels.Linear(6).ToArray() });

        await registry.Http.PostAsJsonAsync($"/v1/models/{model}/promotions", new { version = "1", @override = new { reason = " " } }).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        var promotion = await registry.PostAsync($"/v1/models/{model}/promotions", new { version = "1", @override = new { reason = "no labels yet, agreed with risk" } });

        Assert.Equal(("completed", false), ((string)promotion["state"]!, (bool)promotion.Gate("required_metrics")["passed"]!));
        Assert.Equal("no labels yet, agreed with risk", (string?)promotion["override"]!["reason"]);
        var entry = (await registry.ItemsAsync($"/v1/models/{model}/history"))[0]!;
        Assert.Equal(("promoted", "no labels yet, agreed with risk"), ((string)entry["action"]!, (string)entry["override"]!["reason"]!));
        Assert.Equal("1", await registry.ChampionAsync(model));
    }

    [Fact]
    public async Task An_override_lets_no_version_through_that_does_not_load()
    {
        var model = await registry.RegisterAsync();
        var sha256 = (string)(await registry.UploadAsync(model, new UploadBody { Model = TinyModels.Linear(98).ToArray() }))["sha256"]!;
        await File.AppendAllTextAsync(registry.ArtifactPath(sha256), "x");

        var refusal = await registry.RefusedAsync(model, "1", new { version = "1", @override = new { reason = "please" } });

        Assert.False((bool)refusal.Gate("loads")["passed"]!);
    }

    [Fact]
    public async Task Gates_are_measured_on_demand_and_nothing_moves()
    {
        var model = await registry.RegisterAsync(new { metrics = new { accuracy = new { atLeast = 0.9 } } });
        await registry.UploadAsync(model, Scored.Version(100, wrong: 30));

        var demanded = await registry.PostAsync($"/v1/models/{model}/versions/1/gates", new { });
        var dry = await registry.PostAsync($"/v1/models/{model}/promotions", new { version = "1", dryRun = true });

        Assert.All(new[] { demanded, dry }, answer =>
        {
            Assert.Equal("measured", (string?)answer["state"]);
            Assert.Equal((0.7, false), ((double)answer.Gate("required_metrics")["measured"]!, (bool)answer.Gate("required_metrics")["passed"]!));
        });
        Assert.Null(await registry.ChampionAsync(model));
        Assert.Equal(["measured", "measured"], (await registry.ItemsAsync($"/v1/models/{model}/versions/1/gates")).Select(item => (string)item!["state"]!));
    }

    private async Task ApproveAsync(string model, string who)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/models/{model}/versions/1/approvals");
        request.Headers.Add("x-actor", who);
        Assert.Equal(who, (string?)(await registry.Http.SendAsync(request).JsonAsync())["by"]);
    }

    /// <summary>Rows of two groups, of which the unprivileged one is group 0.</summary>
    private static UploadBody Unfair(int favouredOfUnprivileged, int rows = 100, int favouredOfPrivileged = 50) => Scored.Version(0, 0, more: Groups) with
    {
        Reference = "group,score,label\n" + Lines(0, favouredOfUnprivileged, rows) + Lines(1, favouredOfPrivileged, rows),
    };

    private static string Lines(int group, int favoured, int rows) =>
        string.Concat(Enumerable.Range(0, rows).Select(row => $"{group},{(row < favoured ? "0.9" : "0.1")},\n"));
}
