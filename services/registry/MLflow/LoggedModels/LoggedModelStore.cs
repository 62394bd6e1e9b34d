using Platform.Hosting.Documents;
using Platform.Registry.MLflow.Experiments;
using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.LoggedModels;

/// <summary>The logged models, and the one way to change one.</summary>
internal sealed class LoggedModelStore([FromKeyedServices(RegistryService.Name)] IDocumentStore documents, TimeProvider time)
{
    private const string Collection = "mlflow-logged-models";
    private const string ExperimentField = "experiment";
    private const int MaxAttempts = 200;
    private const int PageSize = 1000;

    // A model is measured by few runs on few datasets; its document stays one that can be read at a glance.
    private const int MaxMetrics = 10_000;

    public async Task<LoggedModel> FindAsync(string id, CancellationToken cancellationToken, bool allowDeleted = false)
    {
        var model = (await ReadAsync(id, cancellationToken)).Value;
        return allowDeleted || model.LifecycleStage == Lifecycle.Active ? model : throw NotFound(id);
    }

    public async Task<LoggedModel> CreateAsync(LoggedModel model, CancellationToken cancellationToken)
    {
        await CommitAsync(model, 0, cancellationToken);
        return model;
    }

    public async Task<LoggedModel> ChangeAsync(string id, Func<LoggedModel, LoggedModel> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var found = await ReadAsync(id, cancellationToken);
            var next = change(found.Value) with { LastUpdatedTimestampMs = time.NowMs() };
            if (await CommitAsync(next, found.Revision, cancellationToken)) return next;
        }

        throw MLflowException.Conflict($"Many others are changing the logged model {id} at once; try again.");
    }

    /// <summary>Keeps what a run has measured of a model.</summary>
    public Task AddMetricsAsync(string id, IReadOnlyList<Metric> metrics, CancellationToken cancellationToken) => ChangeAsync(id, model =>
    {
        var latest = new Dictionary<(string, string?, string?, string?), Metric>();
        foreach (var metric in model.Metrics.Concat(metrics))
            if (!latest.TryGetValue(KeyOf(metric), out var known) || metric.IsLaterThan(known)) latest[KeyOf(metric)] = metric;
        return latest.Count <= MaxMetrics
            ? model with { Metrics = [.. latest.Values] }
            : throw MLflowException.Invalid($"A logged model can have at most {MaxMetrics} metrics, by run and dataset.");
    }, cancellationToken);

    public async Task<IReadOnlyList<LoggedModel>> ListAsync(IEnumerable<string> experiments, CancellationToken cancellationToken)
    {
        var all = new List<LoggedModel>();
        foreach (var experiment in experiments.Distinct())
        {
            var query = new DocumentQuery(Collection) { Where = new Dictionary<string, string> { [ExperimentField] = experiment }, Limit = PageSize };
            do
            {
                var page = await documents.QueryAsync<LoggedModel>(query, cancellationToken);
                all.AddRange(page.Items.Select(item => item.Value).Where(model => model.LifecycleStage == Lifecycle.Active));
                query = query with { After = page.Next };
            }
            while (query.After is not null);
        }

        return all;
    }

    private static (string, string?, string?, string?) KeyOf(Metric metric) => (metric.Key, metric.DatasetName, metric.DatasetDigest, metric.RunId);

    private async Task<Document<LoggedModel>> ReadAsync(string id, CancellationToken cancellationToken) =>
        await documents.GetAsync<LoggedModel>(Collection, id, cancellationToken) ?? throw NotFound(id);

    private async Task<bool> CommitAsync(LoggedModel model, long revision, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string> { [ExperimentField] = model.ExperimentId };
        return await documents.CommitAsync(new DocumentBatch().Put(Collection, model.ModelId, model, revision, fields), cancellationToken) is null;
    }

    private static MLflowException NotFound(string id) => MLflowException.NotFound($"Logged model with ID '{id}' not found.");
}
