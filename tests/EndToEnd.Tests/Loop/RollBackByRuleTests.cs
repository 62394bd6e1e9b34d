using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Loop;

/// <summary>A version that was promoted and is shown to be bad is taken back by a rule, without anybody looking.</summary>
public sealed class RollBackByRuleTests : IDisposable
{
    private const string Model = "credit";

    // Accuracy is judged from a few labels on, as the windows are small.
    private static readonly Dictionary<string, string> Settings = new(CanaryTests.Quick) { ["PLATFORM_Monitor__Performance__MinLabelled"] = "5" };

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task An_alert_takes_a_promotion_back()
    {
        await using var process = await StandaloneProcess.StartAsync(["--empty", "--port", "0", "--data", _data.Path], Settings);
        using var api = new PlatformApi(process.Address);
        await api.ServeCreditAsync(Model);
        using var rule = await api.Http.PutAsJsonAsync("/v1/alert-rules/often-wrong", JsonNode.Parse("""
            {"model":"credit","metric":"performance.accuracy","operator":"below","threshold":0.5,"breached":1,"of":1,"action":"rollback"}
            """));
        Assert.Equal(HttpStatusCode.OK, rule.StatusCode);
        await api.PostAsync($"/v1/models/{Model}/promotions", new JsonObject { ["version"] = "2" }).JsonAsync();
        await api.UntilServesAsync(Model, "2");

        await Eventually.TrueAsync(async () =>
        {
            await CanaryTests.ServeAsync(api, right: version => version == "1");
            return (string?)(await LatestAsync(api))["action"] == "rolled_back";
        }, "the promotion is taken back");

        await api.UntilServesAsync(Model, "1");
        var (entry, alert) = (await LatestAsync(api), await AlertAsync(api));
        Assert.Equal(("1", "2"), ((string?)entry["version"], (string?)entry["previousVersion"]));
        Assert.StartsWith($"Alert {alert["id"]} of the rule 'often-wrong': credit/2: performance.accuracy is 0 ", (string?)entry["reason"]);
        Assert.True((DateTimeOffset)entry["at"]! >= (DateTimeOffset)alert["raisedAt"]!, "first the alert, then the roll-back");
    }

    private static async Task<JsonNode> LatestAsync(PlatformApi api) => (await api.ReadAsync($"/v1/models/{Model}/history"))["items"]![0]!;

    private static async Task<JsonNode> AlertAsync(PlatformApi api) =>
        (await api.ReadAsync("/v1/alerts"))["items"]!.AsArray().Single(alert => (string?)alert!["ruleId"] == "often-wrong")!;
}
