using System.Text.Json.Nodes;
using Platform.Client;
using Platform.Client.Models;
using Platform.Client.Monitoring;
using Platform.Client.Tensors;
using Platform.Client.Transport;
using Platform.TestKit;

namespace Platform.Clients.Tests.Dotnet;

/// <summary>Promotions that take their time, pipelines and alert rules by the .NET client.</summary>
[Collection(TheClientPlatform.Name)]
public sealed class PromotionTests(ClientPlatform platform) : IDisposable
{
    private static readonly JsonObject Canary = Strategy.Canary(
        [new(0.2, MinimumSamples: 50), new(0.5)], [new("errors.rate", Margin: 0.05), new("latency.p99", Ratio: 3)], confidence: 0.9, onFailure: "pause");

    private readonly PlatformClient _client = new(platform.Address);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_canary_is_tried_begun_paused_resumed_and_cancelled()
    {
        const string model = "net-canary";
        foreach (var version in new[] { 1, 2 }) await _client.Models.RegisterAsync(model, CreditRows.Upload(version));
        await _client.Models.PromoteAsync(model, "1");

        var trial = await _client.Promotions.TryAsync(model, "2", strategy: Canary);
        Assert.Equal("measured", trial.State);
        Assert.NotEmpty(trial.Gates!);
        Assert.Equal([1, 1, 2, 2], trial.Expected!.Select(each => each.Step));
        Assert.Equal("1", (await _client.Models.GetVersionAsync(model, "champion")).Version);

        var begun = await _client.Models.PromoteAsync(model, "2", strategy: Canary);
        Assert.Equal(("running", "canary", 1), (begun.State, (string?)begun.Strategy!["kind"], begun.Step));
        Assert.Equal("paused", (await _client.Promotions.PauseAsync(begun.Id)).State);
        Assert.Equal("paused", (await _client.Promotions.WaitAsync(begun.Id)).State); // it waits for people
        Assert.Equal("running", (await _client.Promotions.ResumeAsync(begun.Id)).State);
        Assert.Equal("cancelled", (await _client.Promotions.CancelAsync(begun.Id)).State);
        var ended = await _client.Promotions.GetAsync(begun.Id);
        Assert.Equal("cancelled", ended.State);
        Assert.NotNull(ended.Decisions);
        Assert.Equal("registry.promotion_ended", (await Assert.ThrowsAsync<PlatformException>(() => _client.Promotions.PauseAsync(begun.Id))).Code);
    }

    [Fact]
    public async Task Strategies_of_every_kind_are_taken()
    {
        const string model = "net-strategies";
        foreach (var version in new[] { 1, 2 }) await _client.Models.RegisterAsync(model, CreditRows.Upload(version));
        await _client.Models.PromoteAsync(model, "1");
        var ab = Strategy.Ab(new Dictionary<string, double> { ["1"] = 0.5, ["2"] = 0.5 }, "outcomes.conversion", 0.01, [new("errors.rate", Margin: 0.05)]);
        foreach (var strategy in new[] { Strategy.BlueGreen(5), Strategy.Shadow(0.5), ab, Canary })
            Assert.Equal("measured", (await _client.Promotions.TryAsync(model, "2", strategy: strategy)).State);
    }

    [Fact]
    public async Task A_pipeline_is_registered_by_its_definition_and_by_its_document()
    {
        const string model = "net-pipeline";
        var version = await _client.Models.RegisterPipelineAsync(model, new PipelineDefinition
        {
            Inputs = [new("input", "FP32", -1, 20)],
            Steps = [Step("one"), Step("other")],
            Combine = new("weighted", ["one.probabilities", "other.probabilities"], [3, 1]),
            Outputs = new Dictionary<string, string> { ["probabilities"] = "combine.output" },
            OnFailure = new Dictionary<string, string> { ["other"] = "skip" },
            Metadata = new JsonObject { ["task"] = "binary_classification", ["output"] = "probabilities", ["classes"] = new JsonArray("good", "bad"), ["positiveClass"] = "bad" },
        });
        await _client.Models.PromoteAsync(model, version.Version);
        Tensor[] ones = [Tensor.Of<float>("input", [.. Enumerable.Repeat(1f, 20)], 1, 20)];
        var (whole, part) = (await _client.Predictions.InferAsync(model, ones), await _client.Predictions.InferAsync(ClientPlatform.Model, ones));
        Assert.Equal(part.Outputs["probabilities"].As<float>()[0], whole.Outputs["probabilities"].As<float>()[0], 5);

        var document = JsonNode.Parse("""
            {"inputs":[{"name":"input","datatype":"FP32","shape":[-1,20]}],
             "steps":[{"name":"one","model":"credit","version":"1","inputs":{"input":"input.wrong"}}],"outputs":{"probabilities":"one.probabilities"}}
            """)!.AsObject();
        Assert.Contains("steps[0].inputs.input", (await Assert.ThrowsAsync<PlatformException>(() => _client.Models.RegisterPipelineAsync(model, document))).Errors.Keys);
        document["steps"]![0]!["inputs"]!["input"] = "input.input";
        Assert.Equal("2", (await _client.Models.RegisterPipelineAsync(model, document)).Version);
    }

    [Fact]
    public async Task Alert_rules_are_set_listed_and_removed()
    {
        var rule = new AlertRule { Id = "net-wrong", Metric = "performance.accuracy", Model = "credit", Operator = "below", Threshold = 0.01, Action = "rollback", ProtectionMinutes = 30 };
        var set = await _client.Alerts.SetRuleAsync(rule);
        Assert.Equal(("warning", 2, 3, true), (set.Severity, set.Breached, set.Of, set.Enabled));
        Assert.Equal(set, (await _client.Alerts.ListRulesAsync()).Single(each => each.Id == rule.Id));
        await _client.Alerts.RemoveRuleAsync(rule.Id);
        Assert.DoesNotContain(await _client.Alerts.ListRulesAsync(), each => each.Id == rule.Id);
        Assert.Equal("monitor.alert_unknown", (await Assert.ThrowsAsync<PlatformException>(() => _client.Alerts.AcknowledgeAsync("nobody", "seen"))).Code);
    }

    [Fact]
    public async Task An_alert_is_acknowledged_silenced_and_resolved()
    {
        const string model = "net-alerts";
        await _client.Models.PromoteAsync(model, (await _client.Models.RegisterAsync(model, CreditRows.Upload(1))).Version);
        await _client.Alerts.SetRuleAsync(new AlertRule { Id = model, Model = model, Metric = "drift.driftedShare", Threshold = -1, Breached = 1, Of = 1 });
        await _client.Predictions.PredictAsync(model, CreditRows.Take(ClientPlatform.WindowRows + 20));
        var raised = await Eventually.ValueAsync(
            async () => await _client.Alerts.ListAsync("active").FirstOrDefaultAsync(alert => alert.RuleId == model), "an alert is raised");
        Assert.Equal("acknowledged", (await _client.Alerts.AcknowledgeAsync(raised.Id, "seen")).State);
        Assert.Equal("silenced", (await _client.Alerts.SilenceAsync(raised.Id, DateTimeOffset.UtcNow.AddHours(1))).State);
        Assert.Equal("resolved", (await _client.Alerts.ResolveAsync(raised.Id)).State);
        Assert.NotNull((await _client.Alerts.GetAsync(raised.Id)).ResolvedAt);
        await _client.Alerts.RemoveRuleAsync(model);
    }

    private static PipelineStep Step(string name) => new(name, ClientPlatform.Model, "1", new Dictionary<string, string> { ["input"] = "input.input" });
}
