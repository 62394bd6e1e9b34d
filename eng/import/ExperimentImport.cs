using System.Text.Json.Nodes;

namespace Platform.Import;

/// <summary>Copies experiments with their runs.</summary>
internal sealed class ExperimentImport(MLflowServer source, MLflowServer target, ImportCommand command, SourceTag tags, RunImport runs, ImportReport report)
{
    private const int PageSize = 1000;

    public async Task RunAsync()
    {
        await foreach (var experiment in source.SearchAsync("experiments/search", "experiments", new JsonObject { ["max_results"] = PageSize, ["view_type"] = "ALL" }))
        {
            var name = experiment.Required("name");
            if (!command.WantsExperiment(name)) continue;
            if (experiment.Text("lifecycle_stage") == "deleted") report.LeftOut($"experiment '{name}'", "it is deleted at the source");
            else await CopyAsync(experiment, name);
        }
    }

    private async Task CopyAsync(JsonObject experiment, string name)
    {
        try
        {
            var id = await FindOrCreateAsync(experiment, name);
            report.Say($"experiment '{name}'");
            await runs.CopyAllAsync(experiment.Required("experiment_id"), id);
        }
        catch (MLflowException error)
        {
            report.LeftOut($"experiment '{name}'", error.Message);
        }
    }

    private async Task<string> FindOrCreateAsync(JsonObject experiment, string name)
    {
        var origin = tags.Of("experiments", experiment.Required("experiment_id"));
        var found = await FindAsync(origin) ?? await FindByNameAsync(name);
        var given = experiment.Pairs("tags");
        given[SourceTag.Key] = origin;
        if (found is null)
        {
            report.Copied("experiments");
            return (await target.PostAsync("experiments/create", new JsonObject { ["name"] = name, ["tags"] = given.ToPairs() })).Required("experiment_id");
        }

        var id = found.Required("experiment_id");
        var known = found.Pairs("tags");
        foreach (var (key, value) in given.Where(tag => known.GetValueOrDefault(tag.Key) != tag.Value))
            await target.PostAsync("experiments/set-experiment-tag", new JsonObject { ["experiment_id"] = id, ["key"] = key, ["value"] = value });
        report.Known("experiments");
        return id;
    }

    private async Task<JsonObject?> FindAsync(string origin)
    {
        var filter = new JsonObject { ["max_results"] = 1, ["filter"] = $"tags.`{SourceTag.Key}` = '{origin}'" };
        await foreach (var experiment in target.SearchAsync("experiments/search", "experiments", filter)) return experiment;
        return null;
    }

    private async Task<JsonObject?> FindByNameAsync(string name)
    {
        try
        {
            return (await target.GetAsync("experiments/get-by-name", ("experiment_name", name))).Object("experiment");
        }
        catch (MLflowException error) when (error.IsNotFound)
        {
            return null;
        }
    }
}
