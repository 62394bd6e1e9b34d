using Platform.Registry.MLflow.LoggedModels;
using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Runs;

/// <summary>
/// Logs metrics, parameters and tags. A client that did not hear the answer asks again: a value that is there already is not stored twice, and a
/// parameter may be logged again with the same value.
/// </summary>
internal sealed class RunLog(RunStore runs, LoggedModelStore models)
{
    public Task<object> MetricAsync(LogMetric request, MLflowCall call) =>
        LogAsync(request.Id(), [LoggedEntities.Metric(request.Metric())], [], [], call.Cancellation);

    public Task<object> ParameterAsync(LogPair request, MLflowCall call) =>
        LogAsync(request.Id(), [], [LoggedEntities.Param(new GivenPair(request.Key, request.Value))], [], call.Cancellation);

    public Task<object> TagAsync(LogPair request, MLflowCall call) =>
        LogAsync(request.Id(), [], [], [LoggedEntities.Tag(new GivenPair(request.Key, request.Value))], call.Cancellation);

    public Task<object> BatchAsync(LogBatch request, MLflowCall call)
    {
        var id = request.Id();
        LoggedEntities.CheckCounts(request);
        return LogAsync(id,
            LoggedEntities.Each(request.Metrics, "metrics", LoggedEntities.Metric),
            LoggedEntities.Each(request.Params, "params", LoggedEntities.Param),
            LoggedEntities.Each(request.Tags, "tags", LoggedEntities.Tag), call.Cancellation);
    }

    public async Task<object> DeleteTagAsync(LogPair request, MLflowCall call)
    {
        var (id, key) = (request.Id(), MLflowRequest.Required(request.Key, "key"));
        await runs.ChangeAsync(id, run =>
        {
            run.MustBeActive();
            return run.Tag(key) is null
                ? throw MLflowException.NotFound($"No tag with name: {key} in run with id {id}")
                : run with { Tags = [.. run.Tags.Where(tag => tag.Key != key)] };
        }, call.Cancellation);
        return MLflowRoutes.Nothing;
    }

    private async Task<object> LogAsync(string id, IReadOnlyList<Metric> metrics, IReadOnlyList<KeyValue> parameters, IReadOnlyList<KeyValue> tags,
        CancellationToken cancellationToken)
    {
        await runs.ChangeAsync(id, run =>
        {
            run.MustBeActive();
            return WithTags(WithParams(run, parameters), tags);
        }, metrics, cancellationToken);
        foreach (var ofModel in metrics.Where(metric => metric.ModelId is not null).GroupBy(metric => metric.ModelId!))
            await models.AddMetricsAsync(ofModel.Key, [.. ofModel.Select(metric => metric with { RunId = id })], cancellationToken);
        return MLflowRoutes.Nothing;
    }

    private static Run WithParams(Run run, IReadOnlyList<KeyValue> parameters)
    {
        foreach (var (key, value) in parameters)
            if (KeyValue.Find(run.Params, key) is { } known && known != value)
                throw MLflowException.Invalid($"Changing param values is not allowed. Param with key='{key}' was already logged with value='{known}' "
                    + $"for run ID='{run.RunId}'. Attempted logging new value '{value}'.");
        var added = parameters.Where(param => KeyValue.Find(run.Params, param.Key) is null).ToList();
        return added.Count == 0 ? run : run with { Params = KeyValue.Merge(run.Params, added) };
    }

    private static Run WithTags(Run run, IReadOnlyList<KeyValue> tags)
    {
        if (tags.Count == 0) return run;
        var named = tags.LastOrDefault(tag => RunLifecycle.IsName(tag.Key));
        return RunLifecycle.Renamed(run, named?.Value) with { Tags = KeyValue.Merge(run.Tags, tags) };
    }
}
