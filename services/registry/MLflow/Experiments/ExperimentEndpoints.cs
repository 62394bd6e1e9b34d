using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Experiments;

internal static class ExperimentEndpoints
{
    private const int MaxNameLength = 500;
    private const int MaxTagValueLength = 5000;
    private const int MaxLocationLength = 2048;

    public static void AddExperiments(this IServiceCollection services) =>
        services.AddSingleton<ExperimentStore>().AddSingleton<ExperimentSearch>();

    public static void MapExperiments(this MLflowRoutes routes) => routes
        .Post<ExperimentStore, CreateExperiment>("/experiments/create", CreateAsync)
        .Post<ExperimentSearch, SearchExperiments>("/experiments/search", (search, request, call) => search.FindAsync(request, call.Cancellation))
        .Get<ExperimentSearch, SearchExperiments>("/experiments/search", (search, request, call) => search.FindAsync(request, call.Cancellation))
        .Get<ExperimentStore, OfExperiment>("/experiments/get", async (experiments, request, call) =>
            new ExperimentAnswer(await experiments.FindAsync(IdOf(request.ExperimentId), call.Cancellation)))
        .Get<ExperimentStore, OfExperimentName>("/experiments/get-by-name", GetByNameAsync)
        .Post<ExperimentStore, UpdateExperiment>("/experiments/update", RenameAsync)
        .Post<ExperimentStore, ExperimentTag>("/experiments/set-experiment-tag", SetTagAsync)
        .Post<ExperimentStore, ExperimentTag>("/experiments/delete-experiment-tag", DeleteTagAsync);

    private static async Task<object> CreateAsync(ExperimentStore experiments, CreateExperiment request, MLflowCall call)
    {
        var name = EntityNames.CheckLength(MLflowRequest.Required(request.Name, "name"), MaxNameLength, "name");
        CheckLocation(request.ArtifactLocation);
        var tags = (request.Tags ?? []).Select(tag => Checked(tag.Key, tag.Value)).ToList();
        return new OfExperiment((await experiments.CreateAsync(name, request.ArtifactLocation, tags, call.Cancellation)).ExperimentId);
    }

    private static async Task<object> GetByNameAsync(ExperimentStore experiments, OfExperimentName request, MLflowCall call)
    {
        var name = MLflowRequest.Required(request.ExperimentName, "experiment_name");
        return new ExperimentAnswer(await experiments.FindByNameAsync(name, call.Cancellation)
            ?? throw MLflowException.NotFound($"Could not find experiment with name '{name}'"));
    }

    private static async Task<object> RenameAsync(ExperimentStore experiments, UpdateExperiment request, MLflowCall call)
    {
        var id = IdOf(request.ExperimentId);
        var name = EntityNames.CheckLength(MLflowRequest.Required(request.NewName, "new_name"), MaxNameLength, "name");
        await experiments.ChangeAsync(id, experiment => experiment.LifecycleStage == Lifecycle.Active
            ? experiment with { Name = name }
            : throw new MLflowException("INVALID_STATE", "Cannot rename a non-active experiment."), call.Cancellation);
        return MLflowRoutes.Nothing;
    }

    private static async Task<object> SetTagAsync(ExperimentStore experiments, ExperimentTag request, MLflowCall call)
    {
        var id = IdOf(request.ExperimentId);
        var tag = Checked(MLflowRequest.Required(request.Key, "key"), request.Value);
        await experiments.ChangeAsync(id, experiment =>
        {
            experiment.MustBeActive();
            return experiment with { Tags = KeyValue.Merge(experiment.Tags ?? [], [tag]) };
        }, call.Cancellation);
        return MLflowRoutes.Nothing;
    }

    private static async Task<object> DeleteTagAsync(ExperimentStore experiments, ExperimentTag request, MLflowCall call)
    {
        var (id, key) = (IdOf(request.ExperimentId), MLflowRequest.Required(request.Key, "key"));
        await experiments.ChangeAsync(id, experiment =>
        {
            experiment.MustBeActive();
            return experiment.Tag(key) is not null
                ? experiment with { Tags = experiment.Tags!.Where(tag => tag.Key != key).ToList().OrNull() }
                : throw MLflowException.NotFound($"No tag with name: {key} in experiment with id {id}");
        }, call.Cancellation);
        return MLflowRoutes.Nothing;
    }

    private static string IdOf(string? id) => MLflowRequest.Required(id, "experiment_id");

    private static KeyValue Checked(string? key, string? value)
    {
        EntityNames.CheckLength(EntityNames.Check(key, "key"), EntityNames.MaxKeyLength, "key");
        return new KeyValue(key!, EntityNames.CheckLength(value ?? "", MaxTagValueLength, "value"));
    }

    private static void CheckLocation(string? location)
    {
        if (string.IsNullOrEmpty(location)) return;
        if (location.StartsWith("runs:", StringComparison.Ordinal))
            throw MLflowException.Invalid($"Artifact location cannot be a runs:/ URI. Given: '{location}'");
        if (location.Contains('#') || location.Contains(';'))
            throw MLflowException.Invalid("'artifact_location' URL can't include fragments or params.");
        if (location.Length > MaxLocationLength)
            throw MLflowException.Invalid($"Invalid artifact path length. The length of the artifact path cannot be greater than {MaxLocationLength} characters.");
    }
}
