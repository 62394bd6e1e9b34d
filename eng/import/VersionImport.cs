using System.Text.Json.Nodes;

namespace Platform.Import;

/// <summary>Copies the versions of a model. Their numbers are given anew, in the same order; the tag says which was which.</summary>
internal sealed class VersionImport(MLflowServer source, MLflowServer target, SourceTag tags, RunImport runs, ArtifactCopy artifacts, ImportReport report)
{
    /// <summary>The number here of each version that is here, by its number at the source.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CopyAllAsync(string model)
    {
        var known = new Dictionary<string, string>();
        await foreach (var version in SearchAsync(target, model))
            if (version.Pairs("tags").GetValueOrDefault(SourceTag.Key) is { } origin) known.TryAdd(origin, version.Required("version"));
        var found = new List<JsonObject>();
        await foreach (var version in SearchAsync(source, model)) found.Add(version);

        var numbers = new Dictionary<string, string>();
        foreach (var version in found.OrderBy(version => version.Number("version")))
        {
            var number = version.Required("version");
            if (known.TryGetValue(tags.Of("versions", $"{model}/{number}"), out var here)) report.Known("versions");
            else here = await TryCopyAsync(model, number, version);
            if (here is not null) numbers[number] = here;
        }

        return numbers;
    }

    private static IAsyncEnumerable<JsonObject> SearchAsync(MLflowServer server, string model) =>
        server.ListAsync("model-versions/search", "model_versions", ("filter", $"name = '{model.Replace("'", "\\'", StringComparison.Ordinal)}'"), ("max_results", "1000"));

    private async Task<string?> TryCopyAsync(string model, string number, JsonObject version)
    {
        try
        {
            return await CopyAsync(model, number, version);
        }
        catch (MLflowException error)
        {
            report.LeftOut($"version {number} of '{model}'", error.Message);
            return null;
        }
    }

    private async Task<string> CopyAsync(string model, string number, JsonObject version)
    {
        var run = version.Text("run_id") is { Length: > 0 } id ? runs.CopyOf(id) : null;
        var given = version.Pairs("tags");
        given[SourceTag.Key] = tags.Of("versions", $"{model}/{number}");
        var request = new JsonObject
        {
            ["name"] = model,
            ["source"] = await CopyFilesAsync(model, number, version),
            ["description"] = version.Text("description"),
            ["tags"] = given.ToPairs(),
        };
        if (run is { } copy) request["run_id"] = copy.Id;
        var created = (await target.PostAsync("model-versions/create", request)).RequiredObject("model_version");
        report.Copied("versions");
        var here = created.Required("version");
        if (here != number) report.Say($"  version {number} of '{model}' is {here} here");
        if (version.Text("current_stage") is { } stage and ("Production" or "Staging"))
            report.LeftOut($"stage {stage} of '{model}' version {number}", "stages are not copied; set the alias champion or staging");
        return here;
    }

    /// <summary>Where the files of a version are once they are here; where they cannot be read, where they are.</summary>
    private async Task<string> CopyFilesAsync(string model, string number, JsonObject version)
    {
        var address = (await source.GetAsync("model-versions/get-download-uri", ("name", model), ("version", number))).Text("artifact_uri") ?? version.Required("source");
        if (ArtifactCopy.PathOf(address) is not { } folder)
        {
            report.LeftOut($"files of version {number} of '{model}'", $"they are at '{address}', which the server does not give out through its proxy");
            return address;
        }

        var here = $"imported-models/{tags.Folder}/{model}/{number}";
        if (await artifacts.FolderAsync(folder, here) == 0) report.LeftOut($"files of version {number} of '{model}'", $"there are none at '{address}'");
        return $"mlflow-artifacts:/{here}";
    }
}
