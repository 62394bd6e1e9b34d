using System.Text.Json.Nodes;

namespace Platform.Import;

/// <summary>Copies runs: parameters, tags, the whole history of each metric, datasets and files.</summary>
internal sealed class RunImport(MLflowServer source, MLflowServer target, ImportCommand command, SourceTag tags, ArtifactCopy artifacts, ImportReport report)
{
    private const int PageSize = 1000;
    private const int PairsAtOnce = 100;
    private const int MetricsAtOnce = 500;

    /// <summary>Where each run of the source is here: its id and the address of its files.</summary>
    private readonly Dictionary<string, (string Id, string ArtifactUri)> _copies = [];

    /// <summary>The address of the files of a run, at the source, with its copy.</summary>
    public (string Id, string ArtifactUri)? CopyOf(string run) => _copies.TryGetValue(run, out var copy) ? copy : null;

    public async Task CopyAllAsync(string experiment, string targetExperiment)
    {
        var known = new Dictionary<string, JsonObject>();
        await foreach (var run in SearchAsync(target, targetExperiment))
            if (run.Object("data").Pairs("tags").GetValueOrDefault(SourceTag.Key) is { } origin) known.TryAdd(origin, run);
        await foreach (var run in SearchAsync(source, experiment))
        {
            var id = run.Object("info").Required("run_id");
            try
            {
                await CopyAsync(run, id, targetExperiment, known.GetValueOrDefault(tags.Of("runs", id)));
            }
            catch (MLflowException error)
            {
                report.LeftOut($"run {id}, or a part of it", error.Message);
            }
        }
    }

    private static IAsyncEnumerable<JsonObject> SearchAsync(MLflowServer server, string experiment) => server.SearchAsync("runs/search", "runs", new JsonObject
    {
        ["experiment_ids"] = new JsonArray(experiment), ["max_results"] = PageSize, ["run_view_type"] = "ACTIVE_ONLY", ["order_by"] = new JsonArray("attributes.start_time ASC"),
    });

    private async Task CopyAsync(JsonObject run, string id, string experiment, JsonObject? copy)
    {
        var done = copy?.Object("data").Pairs("tags").GetValueOrDefault(SourceTag.DoneKey);
        var isNew = copy is null;
        copy ??= await CreateAsync(run, id, experiment);
        var info = copy.RequiredObject("info");
        var copyId = info.Required("run_id");
        _copies[id] = (copyId, info.Required("artifact_uri"));
        if ((done == SourceTag.Done || (done is not null && !command.Artifacts)) && IsAsItEnded(info, run))
        {
            report.Known("runs");
            return;
        }

        await CopyPairsAsync(run, copyId);
        var begun = copy.Object("data").List("metrics").Select(metric => metric.Text("key")).ToHashSet();
        foreach (var key in run.Object("data").List("metrics").Select(metric => metric.Required("key")))
            await CopyHistoryAsync(id, copyId, key, begun.Contains(key));
        await CopyDatasetsAsync(run, copy, copyId);
        LeaveOutModels(run, id);
        var whole = !command.Artifacts || await artifacts.RunAsync(id, run.Object("info").Text("artifact_uri"), ArtifactCopy.PathOf(info.Text("artifact_uri"))!);
        await EndAsync(run, copyId);
        await MarkAsync(run, copyId, whole && command.Artifacts ? SourceTag.Done : SourceTag.DoneWithoutFiles, done);
        if (isNew) report.Copied("runs");
        else report.Known("runs");
    }

    private async Task<JsonObject> CreateAsync(JsonObject run, string id, string experiment)
    {
        var info = run.RequiredObject("info");
        var request = new JsonObject
        {
            ["experiment_id"] = experiment,
            ["run_name"] = info.Text("run_name"),
            ["user_id"] = info.Text("user_id"),
            ["start_time"] = info.Number("start_time") ?? 0,
            ["tags"] = new[] { KeyValuePair.Create(SourceTag.Key, tags.Of("runs", id)) }.ToPairs(),
        };
        return (await target.PostAsync("runs/create", request)).RequiredObject("run");
    }

    private async Task CopyPairsAsync(JsonObject run, string copy)
    {
        foreach (var part in run.Object("data").Pairs("params").Chunk(PairsAtOnce))
            await target.PostAsync("runs/log-batch", new JsonObject { ["run_id"] = copy, ["params"] = part.ToPairs() });
        foreach (var part in run.Object("data").Pairs("tags").Where(tag => tag.Key is not (SourceTag.Key or SourceTag.DoneKey)).Chunk(PairsAtOnce))
            await target.PostAsync("runs/log-batch", new JsonObject { ["run_id"] = copy, ["tags"] = part.ToPairs() });
    }

    /// <summary>Copies the values of a metric, less those that an import before this one has copied.</summary>
    private async Task CopyHistoryAsync(string run, string copy, string key, bool isBegun)
    {
        var known = new List<string>();
        if (isBegun)
            await foreach (var value in HistoryAsync(target, copy, key)) known.Add(Describe(value));
        var batch = new JsonArray();
        await foreach (var value in HistoryAsync(source, run, key))
        {
            if (known.Remove(Describe(value))) continue;
            batch.Add(value.Only("key", "value", "timestamp", "step", "dataset_name", "dataset_digest"));
            if (batch.Count < MetricsAtOnce) continue;
            await LogAsync(copy, batch);
            batch = [];
        }

        if (batch.Count > 0) await LogAsync(copy, batch);
    }

    private async Task LogAsync(string copy, JsonArray metrics)
    {
        var count = metrics.Count;
        await target.PostAsync("runs/log-batch", new JsonObject { ["run_id"] = copy, ["metrics"] = metrics });
        report.Copied("metrics", count);
    }

    private static IAsyncEnumerable<JsonObject> HistoryAsync(MLflowServer server, string run, string key) =>
        server.ListAsync("metrics/get-history", "metrics", ("run_id", run), ("metric_key", key), ("max_results", "1000"));

    private static string Describe(JsonObject metric) => $"{metric.Text("timestamp")} {metric.Text("step") ?? "0"} {metric.Text("value")}";

    private async Task CopyDatasetsAsync(JsonObject run, JsonObject copy, string copyId)
    {
        static string NameOf(JsonObject input) => $"{input.Object("dataset").Text("name")} {input.Object("dataset").Text("digest")}";
        var known = copy.Object("inputs").List("dataset_inputs").Select(NameOf).ToHashSet();
        var missing = run.Object("inputs").List("dataset_inputs").Where(input => !known.Contains(NameOf(input))).ToList();
        if (missing.Count == 0) return;
        await target.PostAsync("runs/log-inputs", new JsonObject { ["run_id"] = copyId, ["datasets"] = new JsonArray([.. missing.Select(input => input.DeepClone())]) });
        report.Copied("datasets", missing.Count);
    }

    private void LeaveOutModels(JsonObject run, string id)
    {
        var models = run.Object("outputs").List("model_outputs").Count + run.Object("inputs").List("model_inputs").Count;
        if (models > 0) report.LeftOut($"{models} logged models of run {id}", "logged models are not copied; the files of registered versions are");
    }

    private async Task EndAsync(JsonObject run, string copy)
    {
        var info = run.RequiredObject("info");
        var update = new JsonObject { ["run_id"] = copy, ["status"] = info.Text("status") };
        if (EndOf(info) is { } end) update["end_time"] = end;
        await target.PostAsync("runs/update", update);
    }

    /// <summary>Marks a copy as whole once its run has ended. Until then more may come, and the next import goes on with it.</summary>
    private async Task MarkAsync(JsonObject run, string copy, string value, string? marked)
    {
        var info = run.RequiredObject("info");
        var tag = new JsonObject { ["run_id"] = copy, ["key"] = SourceTag.DoneKey };
        if (HasEnded(info))
        {
            tag["value"] = value;
            await target.PostAsync("runs/set-tag", tag);
            return;
        }

        if (marked is not null) await target.PostAsync("runs/delete-tag", tag);
        report.LeftOut($"what run {info.Text("run_id")} has yet to log", $"it is {info.Text("status")} at the source; import again when it has ended");
    }

    private static bool HasEnded(JsonObject info) => info.Text("status") is "FINISHED" or "FAILED" or "KILLED";

    /// <summary>Whether a copy that was marked is still all there is: a run can be begun again at the source.</summary>
    private static bool IsAsItEnded(JsonObject copy, JsonObject run)
    {
        var info = run.RequiredObject("info");
        return HasEnded(info) && copy.Text("status") == info.Text("status") && (EndOf(info) is not { } end || EndOf(copy) == end);
    }

    private static long? EndOf(JsonObject info) => info.Number("end_time") is > 0 and var end ? end : null;
}
