using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Contracts.Monitor;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Alerts;

public sealed class AlertEndpointTests : IAsyncLifetime
{
    private readonly Random _random = new(5);
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;
    private int _sent;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(200);
        _registry.Deploy(Credit.Version(), rows, predictions);
        _monitor = await MonitorHost.StartAsync(_registry);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task A_person_acknowledges_silences_and_resolves()
    {
        var id = await RaiseAsync();

        var acknowledged = await ActAsync(id, "acknowledge", """{"note":"looking into it"}""");
        Assert.Equal("acknowledged", acknowledged["state"]!.GetValue<string>());

        var silenced = await ActAsync(id, "silence", """{"until":"2126-01-01T00:00:00Z"}""");
        Assert.Equal("silenced", silenced["state"]!.GetValue<string>());
        Assert.Equal("2126-01-01T00:00:00+00:00", silenced["silencedUntil"]!.GetValue<string>());

        var resolved = await ActAsync(id, "resolve", null);
        Assert.Equal("resolved", resolved["state"]!.GetValue<string>());
        Assert.NotNull(resolved["resolvedAt"]);
        var history = resolved["history"]!.AsArray();
        Assert.Equal(["active", "acknowledged", "silenced", "resolved"], history.Select(step => step!["state"]!.GetValue<string>()));
        Assert.Equal(["monitor", "anna", "anna", "anna"], history.Select(step => step!["by"]!.GetValue<string>()));

        await PostAsync(id, "acknowledge", null).ProblemAsync(HttpStatusCode.Conflict, "monitor.alert_resolved");
        Assert.Equal("resolved", (await _monitor.Http.GetAsync($"/v1/alerts/{id}").JsonAsync())["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_silence_without_a_zone_is_refused()
    {
        var id = await RaiseAsync();

        var refused = await PostAsync(id, "silence", """{"until":"2126-01-01T00:00:00"}""").JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal(["until"], refused["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Alerts_are_listed_by_state_and_in_pages()
    {
        var id = await RaiseAsync();
        await Eventually.TrueAsync(async () => (await _monitor.AlertsAsync()).Count == 3, "alerts of drift, of prediction drift and of quality");

        Assert.Contains(await _monitor.AlertsAsync("?state=active"), alert => alert["id"]!.GetValue<string>() == id);
        Assert.Empty(await _monitor.AlertsAsync("?state=silenced"));
        var first = await _monitor.Http.GetAsync("/v1/alerts?limit=1").JsonAsync();
        var second = await _monitor.AlertsAsync($"?limit=1&after={first["next"]!.GetValue<string>()}");
        Assert.NotEqual(first["items"]![0]!["id"]!.GetValue<string>(), second[0]["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_does_not_exist_or_is_not_right_is_refused()
    {
        await _monitor.Http.GetAsync("/v1/alerts?state=sleeping").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        await _monitor.Http.GetAsync("/v1/alerts?limit=0").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        await _monitor.Http.GetAsync("/v1/alerts?limit=x").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        await _monitor.Http.GetAsync("/v1/alerts/none").ProblemAsync(HttpStatusCode.NotFound, "monitor.alert_unknown");
        await PostAsync("none", "resolve", null).ProblemAsync(HttpStatusCode.NotFound, "monitor.alert_unknown");
        await PostAsync("none", "silence", """{"until":"2001-01-01T00:00:00Z"}""").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        await PostAsync("none", "silence", """{"colour":1}""").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task Rules_hold_without_configuration_and_can_be_set_and_taken_away()
    {
        Assert.Equal(["data-drift", "data-quality", "error-rate", "fairness", "performance", "prediction-drift"], await RuleIdsAsync());

        var rule = await PutAsync("slow", """{"model":"credit","metric":"system.p99Ms","threshold":0.5,"breached":1,"of":1}""").JsonAsync();
        Assert.Equal("above", rule["operator"]!.GetValue<string>());
        Assert.Contains("slow", await RuleIdsAsync());

        for (var at = 0; at < 100; at++)
            _monitor.Log(Credit.Prediction($"p{at}", Credit.Applicant(_random)));
        await _monitor.AlertAsync("slow");

        using var removed = await _monitor.Http.DeleteAsync("/v1/alert-rules/slow");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty(await _monitor.AlertsAsync("?state=active"));
        await _monitor.Http.DeleteAsync("/v1/alert-rules/slow").ProblemAsync(HttpStatusCode.NotFound, "monitor.rule_unknown");
    }

    [Fact]
    public async Task What_a_rule_asks_to_be_done_is_kept_and_told_with_its_alert()
    {
        var rule = await PutAsync("slow", """{"model":"credit","metric":"system.p99Ms","threshold":0.5,"breached":1,"of":1,"action":"rollback","protectionMinutes":5}""").JsonAsync();
        Assert.Equal(("rollback", 5), ((string?)rule["action"], (double)rule["protectionMinutes"]!));
        Assert.Equal(60, (double)(await PutAsync("other", """{"metric":"system.p99Ms","threshold":1e9,"action":"rollback"}""").JsonAsync())["protectionMinutes"]!);
        await PutAsync("idle", """{"metric":"system.p99Ms","threshold":0.5,"breached":1,"of":1}""").JsonAsync();

        for (var at = 0; at < 100; at++)
            _monitor.Log(Credit.Prediction($"p{at}", Credit.Applicant(_random)));

        var raised = await Eventually.ValueAsync(() => Task.FromResult(_monitor.Events.Of<AlertRaised>().FirstOrDefault(told => told.RuleId == "slow")), "the alert is told");
        Assert.Equal(("rollback", 5), (raised.Action, raised.ProtectionMinutes));
        var idle = await Eventually.ValueAsync(() => Task.FromResult(_monitor.Events.Of<AlertRaised>().FirstOrDefault(told => told.RuleId == "idle")), "the other is told");
        Assert.Equal((null, 0), (idle.Action, idle.ProtectionMinutes));
    }

    [Fact]
    public async Task A_default_rule_can_be_switched_off_and_brought_back()
    {
        await _monitor.Http.DeleteAsync("/v1/alert-rules/data-drift").ProblemAsync(HttpStatusCode.Conflict, "monitor.rule_built_in");
        await PutAsync("data-drift", """{"metric":"drift.driftedFeatures","enabled":false}""").JsonAsync();
        Send(200);
        await _monitor.WindowsAsync("credit", 2);
        Assert.DoesNotContain(await _monitor.AlertsAsync(), alert => alert["ruleId"]!.GetValue<string>() == "data-drift");

        using var restored = await _monitor.Http.DeleteAsync("/v1/alert-rules/data-drift");
        Assert.True((await _monitor.Http.GetAsync("/v1/alert-rules/data-drift").JsonAsync())["enabled"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("slow", """{"threshold":1}""", "metric")]
    [InlineData("slow", """{"metric":"weather"}""", "metric")]
    [InlineData("slow", """{"metric":"performance.rocauc"}""", "metric")]
    [InlineData("slow", """{"metric":"system.p99Ms","operator":"near"}""", "operator")]
    [InlineData("slow", """{"metric":"system.p99Ms","severity":"loud"}""", "severity")]
    [InlineData("slow", """{"metric":"system.p99Ms","breached":4,"of":3}""", "breached")]
    [InlineData("slow", """{"metric":"system.p99Ms","of":0}""", "of")]
    [InlineData("slow", """{"metric":"system.p99Ms","resolveAfter":1000}""", "resolveAfter")]
    [InlineData("slow", """{"metric":"system.p99Ms","threshold":1e999}""", "threshold")]
    [InlineData("slow", """{"metric":"system.p99Ms","action":"shout"}""", "action")]
    [InlineData("slow", """{"metric":"system.p99Ms","protectionMinutes":5}""", "protectionMinutes")]
    [InlineData("slow", """{"metric":"system.p99Ms","action":"rollback","protectionMinutes":0}""", "protectionMinutes")]
    [InlineData("slow", """{"metric":"system.p99Ms","action":"rollback","protectionMinutes":10081}""", "protectionMinutes")]
    [InlineData("slow", """{"metric":"system.p99Ms","colour":1}""", "colour")]
    [InlineData("S l o w", """{"metric":"system.p99Ms"}""", "id")]
    [InlineData("slow\n", """{"metric":"system.p99Ms"}""", "id")]
    public async Task A_wrong_rule_is_refused_by_field(string id, string body, string field)
    {
        var problem = await PutAsync(id, body).JsonAsync(HttpStatusCode.BadRequest);

        Assert.Contains(field, problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task What_people_write_is_bounded()
    {
        var text = new string('x', 10_001);

        var rule = await PutAsync("slow", $$"""{"metric":"system.p99Ms","description":"{{text}}"}""").JsonAsync(HttpStatusCode.BadRequest);
        var note = await PostAsync("none", "resolve", $$"""{"note":"{{text}}"}""").JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal("description", Assert.Single(rule["errors"]!.AsObject()).Key);
        Assert.Equal("note", Assert.Single(note["errors"]!.AsObject()).Key);
    }

    private async Task<string> RaiseAsync()
    {
        Send(200);
        return (await _monitor.AlertAsync("data-drift"))["id"]!.GetValue<string>();
    }

    private void Send(int count)
    {
        for (var at = 0; at < count; at++)
            _monitor.Log(Credit.Prediction($"y{_sent++}", Credit.YoungApplicant(_random)));
    }

    private async Task<IEnumerable<string>> RuleIdsAsync() =>
        (await _monitor.Http.GetAsync("/v1/alert-rules").JsonAsync())["items"]!.AsArray().Select(rule => rule!["id"]!.GetValue<string>());

    private Task<JsonNode> ActAsync(string id, string action, string? body) => PostAsync(id, action, body).JsonAsync();

    private async Task<HttpResponseMessage> PostAsync(string id, string action, string? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/alerts/{id}/{action}");
        request.Headers.Add("x-actor", "anna");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await _monitor.Http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> PutAsync(string id, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _monitor.Http.PutAsync($"/v1/alert-rules/{Uri.EscapeDataString(id)}", content);
    }
}
