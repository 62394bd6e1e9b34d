using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Loop;

public abstract class PromotionTests(RunningPlatform platform)
{
    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task A_version_that_passes_its_gates_serves_and_the_measurements_are_kept()
    {
        await RegisterAsync("passing", leastAccuracy: 0.7);
        var promotion = await _api.PromoteAsync("passing", "1").JsonAsync();

        Assert.Equal("completed", (string?)promotion["state"]);
        Assert.Null((string?)promotion["previousVersion"]);
        var gates = promotion["gates"]!.AsArray();
        Assert.True(gates.Count >= 3);
        Assert.All(gates, gate => Assert.True((bool?)gate!["passed"]));
        await _api.UntilServesAsync("passing", "1");
        Assert.NotEmpty((await _api.ReadAsync("/v1/models/passing/versions/1/gates"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_version_below_a_required_metric_is_refused_and_nothing_changes()
    {
        await RegisterAsync("refused", leastAccuracy: 0.99);
        var refusal = await _api.PromoteAsync("refused", "1").JsonAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Equal("registry.gates_failed", (string?)refusal["code"]);
        var failed = Assert.Single(refusal["gates"]!.AsArray(), gate => (bool?)gate!["passed"] == false)!;
        Assert.Equal(0.99, (double?)failed["required"]!["atLeast"]);
        Assert.InRange((double)failed["measured"]!, 0.5, 0.98);
        Assert.DoesNotContain("refused", (await _api.ReadAsync("/v1/deployments"))["items"]!.AsArray().Select(item => (string?)item!["model"]));
        using var answer = await _api.InferAsync("refused", CreditSample.Usual[0]);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_version_that_does_not_exist_is_not_promoted()
    {
        await _api.RegisterCreditAsync("promoted.nothing");
        using var answer = await _api.PromoteAsync("promoted.nothing", "9");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Rolling_back_restores_the_version_before_and_history_says_who_when_and_why()
    {
        await _api.ServeCreditAsync("rolled");
        await _api.PromoteAsync("rolled", "2", "higher precision").JsonAsync();
        await _api.UntilServesAsync("rolled", "2");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/models/rolled/rollback") { Content = JsonContent("""{"reason":"too many refusals"}""") };
        request.Headers.Add("x-actor", "ana");
        await _api.Http.SendAsync(request).JsonAsync();
        await _api.UntilServesAsync("rolled", "1");

        var history = (await _api.ReadAsync("/v1/models/rolled/history"))["items"]!.AsArray().Select(entry => entry!.ToJsonString()).ToList();
        var rollback = Assert.Single(history, entry => entry.Contains("too many refusals", StringComparison.Ordinal));
        // Where callers are asked, who they are is no matter of what they say.
        Assert.Contains($"\"by\":\"{(platform.Key is null ? "ana" : "bootstrap")}\"", rollback, StringComparison.Ordinal);
        Assert.Contains(history, entry => entry.Contains("higher precision", StringComparison.Ordinal));
        var at = (DateTimeOffset)JsonNode.Parse(rollback)!["at"]!;
        Assert.InRange(at, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(1));
    }

    private async Task RegisterAsync(string model, double leastAccuracy)
    {
        var gates = new JsonObject { ["metrics"] = new JsonObject { ["accuracy"] = new JsonObject { ["atLeast"] = leastAccuracy } } };
        await _api.PostAsync("/v1/models", new JsonObject { ["name"] = model, ["gates"] = gates }).JsonAsync(HttpStatusCode.Created);
        await _api.UploadAsync(model, CreditSample.Form(1)).JsonAsync(HttpStatusCode.Created);
    }

    private static StringContent JsonContent(string json) => new(json, null, "application/json");
}
