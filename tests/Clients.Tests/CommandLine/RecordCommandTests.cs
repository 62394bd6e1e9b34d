using System.Text.Json.Nodes;
using Platform.Client;
using Platform.Client.Monitoring;
using Platform.TestKit;

namespace Platform.Clients.Tests.CommandLine;

/// <summary>The commands about predictions that were answered, and about whole versions, against a running platform.</summary>
[Collection(TheClientPlatform.Name)]
public sealed class RecordCommandTests(ClientPlatform platform) : IDisposable
{
    private static readonly string Credit = Repository.PathOf("samples", "credit", "v1");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Predictions_are_searched_for_shown_and_judged()
    {
        await ServeAsync("cli-records");
        await DoneAsync(Rows(3), "predict", "cli-records");
        var lines = await Eventually.ValueAsync(async () => await SearchAsync("--where", "status = 'succeeded'") is [_, ..] found ? found : null, "predictions are found");
        Assert.Equal(3, (int)Assert.Single(lines)["matching"]!);
        Assert.Empty(await SearchAsync("--count", "0"));
        Assert.Equal(4, (await DoneAsync("", "predictions", "search", "cli-records")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length); // and a heading
        Assert.Equal(1, (await RunAsync("", "predictions", "search", "cli-records", "--where", "height > 2")).ExitCode);

        var id = (string)lines[0]["rows"]![0]!["predictionId"]!;
        Assert.Equal(id, (string?)JsonNode.Parse(await DoneAsync("", "predictions", "feedback", id, "--verdict", "disagree", "--label", "bad", "--about", "age=too much", "--json"))!["predictionId"]);
        Assert.Equal("bad", (string?)JsonNode.Parse(await DoneAsync("", "predictions", "get", id, "--json"))!["rows"]![0]!["label"]!["label"]);
        var shown = await DoneAsync("", "predictions", "get", id);
        Assert.Matches("really bad", shown);
        Assert.Matches(@"(?m)^    age +\d+", shown);
        Assert.Contains("disagree, bad is right", shown, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("", "predictions", "feedback", id, "--verdict", "perhaps")).ExitCode);
        Assert.Equal(2, (await RunAsync("", "predictions", "feedback", id, "--verdict", "agree", "--about", "age")).ExitCode);

        async Task<List<JsonNode>> SearchAsync(params string[] more) => [.. (await DoneAsync("", ["predictions", "search", "cli-records", .. more, "--json"]))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    [Fact]
    public async Task What_waits_is_labelled_in_a_dialogue_and_without_one()
    {
        await ServeAsync("cli-reviews");
        await DoneAsync(Rows(30), "predict", "cli-reviews");
        var waiting = await Eventually.ValueAsync(async () => await ListAsync() is { Count: >= 4 } found ? found : null, "four predictions wait");
        var said = await RunAsync("perhaps\n2\ns\ngood\nq\n", "review", "cli-reviews");
        Assert.True(said.ExitCode == 0, said.Errors);
        Assert.Contains("It is one of good, bad, or its number.", said.Output, StringComparison.Ordinal);
        Assert.EndsWith("2 labelled.\n", said.Output, StringComparison.Ordinal);
        Assert.Equal("bad", await LabelAsync(waiting[0]));
        Assert.Equal("good", await LabelAsync(waiting[2]));
        Assert.Contains(waiting[1], await ListAsync()); // it was skipped

        await DoneAsync("", "review", "--id", waiting[1], "--label", "good", "--comment", "known");
        Assert.Equal("good", await LabelAsync(waiting[1]));
        Assert.Equal(1, (await RunAsync("", "review", "--id", waiting[1], "--label", "good")).ExitCode);
        Assert.Equal(2, (await RunAsync("", "review", "--id", waiting[1])).ExitCode);
        Assert.Equal("0 labelled.\n", (await RunAsync("", "review", "cli-nobody")).Output);
        Assert.Matches(@"(?m)^AT +MODEL +VERSION +ID +REASON", await DoneAsync("", "review", "cli-reviews", "--list"));

        async Task<List<string>> ListAsync() => [.. JsonNode.Parse(await DoneAsync("", "review", "cli-reviews", "--json"))!.AsArray().Select(item => (string)item!["id"]!)];
    }

    [Fact]
    public async Task Outcomes_are_sent_from_a_file_and_from_the_standard_input()
    {
        await ServeAsync("cli-outcomes");
        var rows = (await DoneAsync(Rows(2), "predict", "cli-outcomes", "--json")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string)JsonNode.Parse(line)!["predictionId"]!).ToList();
        await Eventually.TrueAsync(async () => (await RunAsync("", "predictions", "get", rows[0])).ExitCode == 0, "the prediction is known");
        var file = _folder.File("outcomes.csv");
        await File.WriteAllTextAsync(file, $"predictionId,value\n{rows[0]},1\n{rows[1]},0\n0012,1\n");
        Assert.Equal("""{"accepted":2,"unknown":1,"hint":null}""", JsonNode.Parse(await DoneAsync("", "outcomes", "send", "cli-outcomes", file, "--name", "conversion", "--json"))!.ToJsonString());
        var line = new JsonObject { ["predictionId"] = rows[0], ["name"] = "revenue", ["value"] = 12.5, ["at"] = "2026-01-15T09:30:00Z" }.ToJsonString();
        Assert.StartsWith("1 accepted, 0 of predictions", await DoneAsync(line + "\n", "outcomes", "send", "cli-outcomes"), StringComparison.Ordinal);
        foreach (var wrong in new[] { "{\"value\":1}", "{\"predictionId\":\"p\",\"value\":1}", "{\"predictionId\":\"p\",\"name\":\"n\",\"value\":\"much\"}", "{\"predictionId\":\"p\",\"name\":\"n\",\"value\":1,\"at\":\"once\"}", "{\"odd\":1}" })
            Assert.Equal(2, (await RunAsync(wrong + "\n", "outcomes", "send", "cli-outcomes")).ExitCode);
    }

    [Fact]
    public async Task Importances_and_curves_are_shown_and_drawn()
    {
        var picture = _folder.File("importance.svg");
        Assert.Matches(@"(?m)^FEATURE +LABEL +IMPORTANCE", await DoneAsync("", "importance", ClientPlatform.Model, "--rows", "20", "--picture", picture));
        Assert.Contains("<svg", await File.ReadAllTextAsync(picture), StringComparison.Ordinal);
        Assert.Equal(20, JsonNode.Parse(await DoneAsync("", "importance", ClientPlatform.Model, "--rows", "20", "--json"))!["importances"]!.AsArray().Count);
        var page = _folder.File("duration.html");
        Assert.Contains("duration", await DoneAsync("", "dependence", ClientPlatform.Model, "duration", "--rows", "20", "--points", "5", "--picture", page), StringComparison.Ordinal);
        Assert.Contains("<html", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse(await DoneAsync("", "dependence", ClientPlatform.Model, "duration", "purpose", "--rows", "20", "--json"))!["curves"]!.AsArray().Count);
        Assert.Equal(2, (await RunAsync("", "importance", ClientPlatform.Model, "--picture", "importance.gif")).ExitCode);
        Assert.Equal(1, (await RunAsync("", "dependence", ClientPlatform.Model, "height")).ExitCode);
    }

    [Fact]
    public async Task Pipelines_are_registered_and_promotions_are_tried()
    {
        var (file, metadata, strategy) = (_folder.File("pipeline.json"), _folder.File("metadata.json"), _folder.File("canary.json"));
        await File.WriteAllTextAsync(file, """
            {"inputs":[{"name":"input","datatype":"FP32","shape":[-1,20]}],"outputs":{"probabilities":"one.probabilities"},
             "steps":[{"name":"one","model":"credit","version":"1","inputs":{"input":"input.input"}}]}
            """);
        await File.WriteAllTextAsync(metadata, """{"description":"one alone"}""");
        Assert.Equal("cli-pipeline 1 is ready.\n", await DoneAsync("", "pipeline", "register", "cli-pipeline", file, "--metadata", metadata));
        Assert.Contains("cli-pipeline 1 was measured for champion", await DoneAsync("", "promote", "cli-pipeline", "1", "--dry-run"), StringComparison.Ordinal);
        await DoneAsync("", "promote", "cli-pipeline", "1");
        Assert.Equal("2", (string?)JsonNode.Parse(await DoneAsync("", "pipeline", "register", "cli-pipeline", file, "--json"))!["version"]);
        await File.WriteAllTextAsync(strategy, """{"kind":"canary","steps":[{"weight":0.2}],"guards":[{"measure":"errors.rate","margin":0.05}]}""");
        Assert.Matches(@"(?m)^  step 1 \(20", await DoneAsync("", "promote", "cli-pipeline", "2", "--strategy", strategy, "--dry-run"));
        var begun = await DoneAsync("", "promote", "cli-pipeline", "2", "--strategy", strategy);
        Assert.Contains("is on its way to champion, after 1 (running)", begun, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("", "promote", "cli-pipeline", "1")).ExitCode); // one is under way

        var id = begun[(begun.LastIndexOf('/') + 1)..].Trim();
        Assert.Contains("(running)", await DoneAsync("", "promotion", "get", id), StringComparison.Ordinal);
        Assert.Contains("(paused)", await DoneAsync("", "promotion", "pause", id), StringComparison.Ordinal);
        Assert.Contains("(running)", await DoneAsync("", "promotion", "resume", id), StringComparison.Ordinal);
        Assert.Contains("2 did not become champion, after 1 (cancelled).", await DoneAsync("", "promotion", "cancel", id), StringComparison.Ordinal);
        Assert.Equal("cancelled", (string?)JsonNode.Parse(await DoneAsync("", "promotion", "get", id, "--json"))!["state"]);
        Assert.Equal(1, (await RunAsync("", "promotion", "get", "none")).ExitCode);
    }

    [Fact]
    public async Task Alerts_are_listed_acknowledged_and_resolved()
    {
        const string model = "cli-alerts";
        await ServeAsync(model);
        using var client = new PlatformClient(platform.Address);
        await client.Alerts.SetRuleAsync(new AlertRule { Id = model, Model = model, Metric = "drift.driftedShare", Threshold = -1, Breached = 1, Of = 1 });
        await DoneAsync(Rows(ClientPlatform.WindowRows + 20), "predict", model);
        var id = await Eventually.ValueAsync(
            async () => (string?)JsonNode.Parse(await DoneAsync("", "alerts", "list", "--state", "active", "--count", "500", "--json"))!.AsArray()
                .FirstOrDefault(alert => (string?)alert!["ruleId"] == model)?["id"], "an alert is raised");

        Assert.Matches($@"(?m)^\S+ +{id} +{model} +1 +warning +active", await DoneAsync("", "alerts", "list", "--count", "500"));
        Assert.StartsWith($"{id} is acknowledged: ", await DoneAsync("", "alerts", "ack", id, "--note", "seen"), StringComparison.Ordinal);
        Assert.Equal("resolved", (string?)JsonNode.Parse(await DoneAsync("", "alerts", "resolve", id, "--json"))!["state"]);
        Assert.Equal(1, (await RunAsync("", "alerts", "ack", id)).ExitCode); // it is settled
        Assert.Equal(2, (await RunAsync("", "alerts", "list", "--state", "odd")).ExitCode);
        await client.Alerts.RemoveRuleAsync(model);
    }

    private async Task ServeAsync(string model)
    {
        await DoneAsync("", "register", model, Path.Combine(Credit, "model.onnx"), "--metadata", Path.Combine(Credit, "metadata.json"), "--reference", Path.Combine(Credit, "reference.csv"));
        await DoneAsync("", "promote", model, "1");
    }

    private async Task<string?> LabelAsync(string id) => (string?)JsonNode.Parse(await DoneAsync("", "predictions", "get", id, "--json"))!["rows"]![0]!["label"]?["label"];

    private async Task<string> DoneAsync(string input, params string[] arguments)
    {
        var run = await RunAsync(input, arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Errors}");
        return run.Output;
    }

    private Task<Run> RunAsync(string input, params string[] arguments) => Run.OfAsync(
        _folder.File("login.json"), input, new() { ["PLATFORM_URL"] = platform.Address.ToString() }, arguments);

    private static string Rows(int count) => string.Concat(Dotnet.CreditRows.Take(count).Select(row => row.ToJsonString() + "\n"));
}
