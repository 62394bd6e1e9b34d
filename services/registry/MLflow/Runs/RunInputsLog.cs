using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Runs;

/// <summary>Logs what a run was made of and what it has made: datasets and models.</summary>
internal sealed class RunInputsLog(RunStore runs)
{
    private const string ModelsTag = "mlflow.log-model.history";
    private static readonly string[] Mandatory = ["artifact_path", "flavors", "run_id", "utc_time_created"];

    public async Task<object> InputsAsync(LogInputs request, MLflowCall call)
    {
        var datasets = LoggedInputs.Read(request.Datasets);
        var models = LoggedEntities.Each(request.Models, "models", (model, path) => new ModelInput(MLflowRequest.Required(model.ModelId, $"{path}.model_id")));
        await runs.ChangeAsync(request.Id(), run =>
        {
            run.MustBeActive();
            return run with
            {
                // A dataset is what its name and digest say; that it is logged again adds nothing.
                Datasets = [.. run.Datasets.Concat(datasets).DistinctBy(input => (input.Dataset.Name, input.Dataset.Digest))],
                ModelInputs = [.. run.ModelInputs.Concat(models).Distinct()],
            };
        }, call.Cancellation);
        return MLflowRoutes.Nothing;
    }

    public async Task<object> OutputsAsync(LogOutputs request, MLflowCall call)
    {
        if (request.Models is null) throw MLflowRequest.Missing("models");
        var models = LoggedEntities.Each(request.Models, "models", (model, path) =>
            new ModelOutput(MLflowRequest.Required(model.ModelId, $"{path}.model_id"), model.Step ?? 0));
        await runs.ChangeAsync(request.Id(), run =>
        {
            run.MustBeActive();
            return run with { ModelOutputs = [.. run.ModelOutputs.Concat(models).Distinct()] };
        }, call.Cancellation);
        return MLflowRoutes.Nothing;
    }

    /// <summary>The way of MLflow 2: models of a run are kept in a tag of it.</summary>
    public async Task<object> ModelAsync(LogModel request, MLflowCall call)
    {
        var model = Parse(MLflowRequest.Required(request.ModelJson, "model_json"));
        var missing = Mandatory.Where(field => !model.ContainsKey(field)).ToList();
        if (missing.Count > 0)
            throw MLflowException.Invalid($"Model json is missing mandatory fields: {{{string.Join(", ", missing.Select(field => $"'{field}'"))}}}");
        await runs.ChangeAsync(request.Id(), run =>
        {
            run.MustBeActive();
            var known = KnownOf(run);
            known.Add(model.DeepClone());
            var text = EntityNames.CheckLength(known.ToJsonString(MLflowJson.Options), LoggedEntities.MaxTagLength, ModelsTag);
            return run with { Tags = KeyValue.Merge(run.Tags, [new KeyValue(ModelsTag, text)]) };
        }, call.Cancellation);
        return MLflowRoutes.Nothing;
    }

    private static JsonArray KnownOf(Run run)
    {
        try
        {
            if (run.Tag(ModelsTag) is not { } tag) return [];
            if (MLflowJson.Parse(tag) is JsonArray known) return known;
        }
        catch (JsonException)
        {
            // Answered below.
        }

        throw MLflowException.Invalid($"The tag '{ModelsTag}' of the run {run.RunId} is no list of models.");
    }

    private static JsonObject Parse(string json)
    {
        try
        {
            if (MLflowJson.Parse(json) is JsonObject model) return model;
        }
        catch (JsonException)
        {
            // Answered below.
        }

        throw MLflowException.Invalid($"Malformed model info. \n {json} \n is not a valid JSON.");
    }
}
