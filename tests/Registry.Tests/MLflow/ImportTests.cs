using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Import;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.MLflow;

/// <summary><c>./dev import mlflow</c> between two registries, of which the first plays the MLflow server.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private RegistryHost _source = null!;
    private RegistryHost _target = null!;

    private MLflowClient From => new(_source.Http);

    private MLflowClient To => new(_target.Http);

    public async Task InitializeAsync() => (_source, _target) = (await RegistryHost.StartAsync(), await RegistryHost.StartAsync());

    [Fact]
    public async Task Everything_comes_over_once_however_often_it_is_imported()
    {
        var run = await FillAsync();

        var first = await ImportAsync();
        var again = await ImportAsync();

        var experiment = (string)(await To.GetAsync("experiments/get-by-name?experiment_name=churn"))["experiment"]!["experiment_id"]!;
        var copies = (await To.PostAsync("runs/search", new { experiment_ids = new[] { experiment } }))["runs"]!.AsArray();
        var copy = copies.Single(candidate => Pairs(candidate!["data"]!["tags"])["import.source"].EndsWith($"#runs/{run}", StringComparison.Ordinal))!;
        var id = (string)copy["info"]!["run_id"]!;
        Assert.Equal(2, copies.Count);
        Assert.Equal(("FINISHED", "first", 2000L), ((string?)copy["info"]!["status"], (string?)copy["info"]!["run_name"], (long)copy["info"]!["end_time"]!));
        Assert.Equal("0.1", Pairs(copy["data"]!["params"])["lr"]);
        Assert.Equal(("blue", "true"), (Pairs(copy["data"]!["tags"])["colour"], Pairs(copy["data"]!["tags"])["import.done"]));
        Assert.Equal(("credit-g", "training"), ((string?)copy["inputs"]!["dataset_inputs"]![0]!["dataset"]!["name"], Pairs(copy["inputs"]!["dataset_inputs"]![0]!["tags"])["mlflow.data.context"]));
        Assert.Equal(await HistoryAsync(From, run), await HistoryAsync(To, id));
        Assert.Equal(1203, (await HistoryAsync(To, id)).Count);
        Assert.Equal("notes"u8.ToArray(), await FileAsync(copy, "docs/notes.txt"));

        var version = await _target.GetAsync("/v1/models/churn/versions/1");
        Assert.Equal(("ready", id), ((string?)version["status"], (string?)version["metadata"]!["lineage"]!["run"]));
        Assert.Equal(["first"], version["metadata"]!["tags"]!.AsObject().Where(tag => tag.Key == "kind").Select(tag => (string)tag.Value!));
        Assert.Equal(2, (await _target.ItemsAsync("/v1/models/churn/versions")).Count);
        Assert.Equal("1", await _target.ChampionAsync("churn"));
        Assert.Contains(Row("experiments", 1, 1), first); // the default one is in both
        Assert.Contains(Row("versions", 2, 0), first);
        Assert.Contains(Row("versions", 0, 2), again);
        Assert.Contains(Row("runs", 0, 2), again);
        Assert.DoesNotContain("metrics", again);
        Assert.DoesNotContain("files", again);
    }

    [Fact]
    public async Task What_does_not_come_over_is_said_with_the_reason()
    {
        await FillAsync();
        await From.PostAsync("registered-models/create", new { name = "elsewhere" });
        await From.PostAsync("model-versions/create", new { name = "elsewhere", source = "s3://bucket/model" });
        var deleted = await From.ExperimentAsync();
        await From.PostAsync("experiments/delete", new { experiment_id = deleted });
        await To.PostAsync("registered-models/create", new { name = "churn" });
        await _target.Http.PutAsJsonAsync("/v1/models/churn/gates", new { metrics = new { accuracy = new { atLeast = 0.99 } } }).JsonAsync();

        var said = await ImportAsync();

        Assert.Contains("it is deleted at the source", said);
        Assert.Contains("files of version 1 of 'elsewhere': they are at 's3://bucket/model', which the server does not give out through its proxy", said);
        Assert.Contains("aliases that were refused", said);
        Assert.Contains("champion of 'churn' version 1", said);
        Assert.Null(await _target.ChampionAsync("churn"));
    }

    [Fact]
    public async Task An_import_that_broke_off_is_gone_on_with()
    {
        var run = await FillAsync();
        var tag = new SourceTag(Root(_source)).Of("runs", run);
        var experiment = (string)(await To.PostAsync("experiments/create", new { name = "churn" }))["experiment_id"]!;
        var begun = (string)(await To.PostAsync("runs/create", new { experiment_id = experiment, start_time = 1, tags = new[] { new { key = SourceTag.Key, value = tag } } }))["run"]!["info"]!["run_id"]!;
        await To.PostAsync("runs/log-batch", new { run_id = begun, metrics = new[] { new { key = "loss", value = 0.5, timestamp = 1_700_000_000_001, step = 1 } } });

        await ImportAsync();

        Assert.Equal((await HistoryAsync(From, run)).Order(StringComparer.Ordinal), (await HistoryAsync(To, begun)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_run_that_goes_on_at_the_source_goes_on_here()
    {
        var experiment = await From.ExperimentAsync();
        var run = await From.RunAsync(experiment, 1000);
        await LogAsync(run, "lr", step: 1);

        var first = await ImportAsync();
        var begun = await CopyAsync(run);
        await LogAsync(run, "depth", step: 2);
        await From.PutAsync($"{await RootAsync(run)}/late.txt", "late"u8.ToArray());
        await From.PostAsync("runs/update", new { run_id = run, status = "FINISHED", end_time = 2000 });
        await ImportAsync();
        var ended = await CopyAsync(run);

        Assert.Contains($"what run {run} has yet to log: it is RUNNING at the source", first);
        Assert.Equal("RUNNING", (string?)begun["info"]!["status"]);
        Assert.DoesNotContain(SourceTag.DoneKey, Pairs(begun["data"]!["tags"]));
        Assert.Equal(("FINISHED", 2000L, "true"), ((string?)ended["info"]!["status"], (long)ended["info"]!["end_time"]!, Pairs(ended["data"]!["tags"])[SourceTag.DoneKey]));
        Assert.Equal(["depth", "lr"], Pairs(ended["data"]!["params"]).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, (await HistoryAsync(To, (string)ended["info"]!["run_id"]!)).Count);
        Assert.Equal("late"u8.ToArray(), await FileAsync(ended, "late.txt"));
    }

    [Fact]
    public async Task A_run_that_was_begun_again_is_whole_once_it_has_ended_again()
    {
        var run = await From.RunAsync(await From.ExperimentAsync(), 1000);
        await From.PostAsync("runs/update", new { run_id = run, status = "FAILED", end_time = 2000 });
        await ImportAsync();
        await From.PostAsync("runs/update", new { run_id = run, status = "RUNNING" });
        await ImportAsync();
        var again = await CopyAsync(run);
        await LogAsync(run, "lr", step: 1);
        await From.PostAsync("runs/update", new { run_id = run, status = "FINISHED", end_time = 3000 });
        await ImportAsync();
        var ended = await CopyAsync(run);

        Assert.DoesNotContain(SourceTag.DoneKey, Pairs(again["data"]!["tags"]));
        Assert.Equal(("FINISHED", 3000L, "true"), ((string?)ended["info"]!["status"], (long)ended["info"]!["end_time"]!, Pairs(ended["data"]!["tags"])[SourceTag.DoneKey]));
        Assert.Equal(["lr"], Pairs(ended["data"]!["params"]).Keys);
    }

    [Fact]
    public async Task An_alias_that_was_promoted_here_stays_unless_it_is_asked_for()
    {
        var run = await FillAsync();
        await LogVersionAsync(await RootAsync(run), "third", run, TinyModels.Linear(2).ToArray(), new Dictionary<string, byte[]>());
        await ImportAsync();
        await _target.PromoteAsync("churn", "3");

        var left = await ImportAsync();
        var champion = await _target.ChampionAsync("churn");
        await ImportAsync("--move-aliases");

        Assert.Contains("alias champion of 'churn' version 1 (here 1): here it names version 3; --move-aliases moves it", left);
        Assert.Equal(("3", "1"), (champion, await _target.ChampionAsync("churn")));
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
    }

    /// <summary>An experiment with two runs, and a model with two versions of the first, one of them with its weights in files of their own.</summary>
    private async Task<string> FillAsync()
    {
        var experiment = (string)(await From.PostAsync("experiments/create", new { name = "churn", tags = new[] { new { key = "team", value = "risk" } } }))["experiment_id"]!;
        var run = (string)(await From.PostAsync("runs/create", new { experiment_id = experiment, start_time = 1000, run_name = "first", user_id = "ann" }))["run"]!["info"]!["run_id"]!;
        await From.RunAsync(experiment, 1500);
        await From.PostAsync("runs/log-batch", new
        {
            run_id = run,
            @params = new[] { new { key = "lr", value = "0.1" } },
            tags = new[] { new { key = "colour", value = "blue" } },
            metrics = new object[] { new { key = "odd", value = "NaN", timestamp = 5, step = 0 } },
        });
        foreach (var part in Enumerable.Range(0, 1202).Chunk(601))
            await From.PostAsync("runs/log-batch", new { run_id = run, metrics = part.Select(step => new { key = "loss", value = step * 0.5, timestamp = 1_700_000_000_000 + step, step }) });
        await From.PostAsync("runs/log-inputs", new
        {
            run_id = run,
            datasets = new[] { new { tags = new[] { new { key = "mlflow.data.context", value = "training" } }, dataset = new { name = "credit-g", digest = "d1", source_type = "http", source = "https://example.org/credit.csv" } } },
        });
        await From.PostAsync("runs/update", new { run_id = run, status = "FINISHED", end_time = 2000 });
        var root = await RootAsync(run);
        await From.PutAsync($"{root}/docs/notes.txt", "notes"u8.ToArray());
        await From.PostAsync("registered-models/create", new { name = "churn", description = "who leaves" });
        await LogVersionAsync(root, "first", run, TinyModels.Linear().ToArray(), new Dictionary<string, byte[]>());
        var external = ExternalModels.Layer();
        await LogVersionAsync(root, "second", run, external.Model, external.Files);
        await From.PostAsync("registered-models/alias", new { name = "churn", alias = "champion", version = "1" });
        return run;
    }

    private async Task<string> RootAsync(string run) =>
        ArtifactCopy.PathOf((string)(await From.GetAsync($"runs/get?run_id={run}"))["run"]!["info"]!["artifact_uri"]!)!;

    private async Task LogVersionAsync(string root, string folder, string run, byte[] model, IReadOnlyDictionary<string, byte[]> files)
    {
        await From.PutAsync($"{root}/{folder}/MLmodel", "flavors: {onnx: {data: model.onnx}}"u8.ToArray());
        await From.PutAsync($"{root}/{folder}/model.onnx", model);
        foreach (var (name, content) in files) await From.PutAsync($"{root}/{folder}/{name}", content);
        await From.PostAsync("model-versions/create", new { name = "churn", source = $"mlflow-artifacts:/{root}/{folder}", run_id = run, tags = new[] { new { key = "kind", value = folder } } });
    }

    private Task LogAsync(string run, string parameter, int step) => From.PostAsync("runs/log-batch", new
    {
        run_id = run,
        @params = new[] { new { key = parameter, value = "1" } },
        metrics = new[] { new { key = "loss", value = 0.5 / step, timestamp = 1_700_000_000_000 + step, step } },
    });

    /// <summary>The one run here that came from a run of the source.</summary>
    private async Task<JsonNode> CopyAsync(string run)
    {
        var experiments = (await To.PostAsync("experiments/search", new { max_results = 1000 }))["experiments"]!.AsArray().Select(experiment => (string)experiment!["experiment_id"]!).ToArray();
        var runs = (await To.PostAsync("runs/search", new { experiment_ids = experiments }))["runs"]!.AsArray();
        return runs.Single(candidate => Pairs(candidate!["data"]!["tags"])[SourceTag.Key].EndsWith($"#runs/{run}", StringComparison.Ordinal))!;
    }

    private async Task<string> ImportAsync(params string[] options)
    {
        Assert.Null(ImportCommand.Read(["mlflow", $"{Root(_source)}", "--to", $"{Root(_target)}", .. options], out var command));
        using var said = new StringWriter();
        (await Importer.RunAsync(command, _ => null, said)).Write();
        return said.ToString();
    }

    private async Task<byte[]> FileAsync(JsonNode run, string path) =>
        await _target.Http.GetByteArrayAsync($"/api/2.0/mlflow-artifacts/artifacts/{ArtifactCopy.PathOf((string)run["info"]!["artifact_uri"]!)}/{path}");

    private static async Task<List<string>> HistoryAsync(MLflowClient client, string run)
    {
        var all = new List<string>();
        foreach (var key in new[] { "loss", "odd" })
            for (var token = ""; token is not null;)
            {
                var page = await client.GetAsync($"metrics/get-history?run_id={run}&metric_key={key}&max_results=1000" + (token.Length > 0 ? $"&page_token={token}" : ""));
                all.AddRange((page["metrics"]?.AsArray() ?? []).Select(metric => $"{key} {metric!["step"]} {metric["timestamp"]} {metric["value"]}"));
                token = (string?)page["next_page_token"] is { Length: > 0 } next ? next : null;
            }

        return all;
    }

    private static Dictionary<string, string> Pairs(JsonNode? pairs) => pairs!.AsArray().ToDictionary(pair => (string)pair!["key"]!, pair => (string)pair!["value"]!);

    private static string Row(string kind, int copied, int known) => $"{kind,-12}{copied,10}{known,14}";

    private static Uri Root(RegistryHost host) => host.Http.BaseAddress!;
}
