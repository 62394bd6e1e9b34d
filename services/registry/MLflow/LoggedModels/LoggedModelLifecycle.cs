using Platform.Registry.MLflow.Experiments;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.LoggedModels;

/// <summary>Makes logged models, ends their upload, tags and deletes them.</summary>
internal sealed class LoggedModelLifecycle(LoggedModelStore models, ExperimentStore experiments, TimeProvider time)
{
    private const int MaxParamLength = 6000;
    private const int MaxTagLength = 8000;
    private static readonly char[] Forbidden = ['/', ':', '.', '%', '"', '\''];

    public async Task<object> CreateAsync(CreateLoggedModel request, MLflowCall call)
    {
        var experiment = await experiments.FindAsync(MLflowRequest.Required(request.ExperimentId, "experiment_id"), call.Cancellation);
        experiment.MustBeActive();
        var name = request.Name.OrNull();
        if (name?.IndexOfAny(Forbidden) >= 0)
            throw MLflowException.Invalid($"Invalid model name ('{name}') provided. Model name must be a non-empty string and cannot contain the "
                + "following characters: ('/', ':', '.', '%', '\"', \"'\")");
        var (id, now) = ($"m-{Guid.NewGuid():n}", time.NowMs());
        return Answer(await models.CreateAsync(new LoggedModel
        {
            ModelId = id,
            ExperimentId = experiment.ExperimentId,
            Name = name ?? GeneratedName.New(),
            CreationTimestampMs = now,
            LastUpdatedTimestampMs = now,
            ArtifactUri = $"{experiment.ArtifactLocation.TrimEnd('/')}/models/{id}/artifacts",
            ModelType = request.ModelType,
            SourceRunId = request.SourceRunId,
            Params = KeyValue.Merge([], Checked(request.Params, MaxParamLength)),
            Tags = KeyValue.Merge([], Checked(request.Tags, MaxTagLength)),
        }, call.Cancellation));
    }

    public async Task<object> GetAsync(OfLoggedModel request, MLflowCall call) =>
        Answer(await models.FindAsync(IdOf(request.ModelId), call.Cancellation, request.AllowDeleted ?? false));

    public async Task<object> FinalizeAsync(FinalizeLoggedModel request, MLflowCall call)
    {
        var status = LoggedModelStatus.Read(request.Status);
        return Answer(await models.ChangeAsync(IdOf(request.ModelId), model => model with { Status = status }, call.Cancellation));
    }

    public async Task<object> DeleteAsync(OfLoggedModel request, MLflowCall call)
    {
        await models.ChangeAsync(IdOf(request.ModelId), model => model with { LifecycleStage = Lifecycle.Deleted }, call.Cancellation);
        return MLflowRoutes.Nothing;
    }

    public async Task<object> SetTagsAsync(LoggedModelTags request, MLflowCall call)
    {
        var tags = Checked(request.Tags, MaxTagLength);
        return Answer(await models.ChangeAsync(IdOf(request.ModelId), model => model with { Tags = KeyValue.Merge(model.Tags, tags) }, call.Cancellation));
    }

    public async Task<object> DeleteTagAsync(LoggedModelTag request, MLflowCall call)
    {
        var (id, key) = (IdOf(request.ModelId), MLflowRequest.Required(request.TagKey, "tag_key"));
        await models.ChangeAsync(id, model => KeyValue.Find(model.Tags, key) is null
            ? throw MLflowException.NotFound($"No tag with key '{key}' found for model with ID '{id}'.")
            : model with { Tags = [.. model.Tags.Where(tag => tag.Key != key)] }, call.Cancellation);
        return MLflowRoutes.Nothing;
    }

    public async Task<object> AddParamsAsync(LoggedModelParams request, MLflowCall call)
    {
        var added = Checked(request.Params, MaxParamLength);
        await models.ChangeAsync(IdOf(request.ModelId), model =>
        {
            foreach (var (key, value) in added)
                if (KeyValue.Find(model.Params, key) is { } known && known != value)
                    throw MLflowException.Invalid($"Changing param values is not allowed. Param with key='{key}' was already logged with value='{known}'.");
            return model with { Params = KeyValue.Merge(model.Params, added) };
        }, call.Cancellation);
        return MLflowRoutes.Nothing;
    }

    private static string IdOf(string? id) => MLflowRequest.Required(id, "model_id");

    private static LoggedModelAnswer Answer(LoggedModel model) => new(LoggedModelView.Of(model));

    private static List<KeyValue> Checked(IReadOnlyList<GivenPair>? pairs, int maxLength) =>
    [
        .. (pairs ?? []).Select(pair => new KeyValue(
            EntityNames.CheckLength(MLflowRequest.Required(pair.Key, "key"), EntityNames.MaxKeyLength, "key"),
            EntityNames.CheckLength(pair.Value ?? "", maxLength, "value"))),
    ];
}
