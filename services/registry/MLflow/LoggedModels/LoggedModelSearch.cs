using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Search;

namespace Platform.Registry.MLflow.LoggedModels;

/// <summary>Finds logged models by what is known of them, and by how they did on datasets.</summary>
internal sealed class LoggedModelSearch(LoggedModelStore models)
{
    private const int DefaultSize = 100;
    private const int MaxSize = 1000;

    private static readonly Dictionary<string, string> Attributes = new()
    {
        ["model_id"] = "model_id", ["name"] = "name", ["model_name"] = "name", ["model_type"] = "model_type", ["status"] = "status",
        ["source_run_id"] = "source_run_id", ["experiment_id"] = "experiment_id", ["artifact_location"] = "artifact_location",
        ["creation_timestamp"] = "creation_timestamp", ["creation_timestamp_ms"] = "creation_timestamp", ["creation_time"] = "creation_timestamp",
        ["last_updated_timestamp"] = "last_updated_timestamp", ["last_updated_timestamp_ms"] = "last_updated_timestamp",
    };

    private static readonly FilterSchema Schema = new()
    {
        Prefixes = new Dictionary<string, EntityKind>
        {
            ["attributes"] = EntityKind.Attribute, ["metrics"] = EntityKind.Metric, ["params"] = EntityKind.Parameter, ["tags"] = EntityKind.Tag,
        },
        Attributes = Attributes,
        OrderAttributes = Attributes,
        Numbers = new HashSet<string> { "creation_timestamp", "last_updated_timestamp" },
        Listed = new HashSet<string>(Attributes.Values),
        OrdersByEntities = true,
    };

    public async Task<object> FindAsync(SearchLoggedModels request, CancellationToken cancellationToken)
    {
        if (request.ExperimentIds is not { Count: > 0 } experiments) throw MLflowRequest.Missing("experiment_ids");
        if (request.Datasets?.Any(dataset => string.IsNullOrEmpty(dataset.DatasetName)) is true)
            throw MLflowException.Invalid("`dataset_name` in the `datasets` clause must be specified.");
        var size = SearchSize.Of(request.MaxResults, DefaultSize, MaxSize);
        var filter = Filter.Read(request.Filter, Schema);
        var found = (await models.ListAsync(experiments, cancellationToken)).Where(model => Passes(filter, request.Datasets, model));
        var (items, next) = PageToken.Page([.. LoggedModelOrder.Sort(found, request.OrderBy ?? [], Schema)], request.PageToken, size);
        return new LoggedModelsAnswer(items.Select(LoggedModelView.Of).ToList().OrNull(), next);
    }

    public static string? TextOf(LoggedModel model, string attribute) => attribute switch
    {
        "model_id" => model.ModelId,
        "name" => model.Name,
        "model_type" => model.ModelType,
        "status" => model.Status["LOGGED_MODEL_".Length..],
        "source_run_id" => model.SourceRunId,
        "experiment_id" => model.ExperimentId,
        _ => model.ArtifactUri,
    };

    public static double NumberOf(LoggedModel model, string attribute) =>
        attribute == "creation_timestamp" ? model.CreationTimestampMs : model.LastUpdatedTimestampMs;

    private static bool Passes(IReadOnlyList<Comparison> filter, IReadOnlyList<GivenDatasetFilter>? datasets, LoggedModel model)
    {
        var onDatasets = model.Metrics.Where(metric => IsOn(metric, datasets)).ToList();
        if (datasets is { Count: > 0 } && onDatasets.Count == 0) return false;
        return filter.All(comparison => comparison.Kind switch
        {
            EntityKind.Metric => onDatasets.Any(metric => metric.Key == comparison.Key && comparison.Matches((double?)metric.Value)),
            EntityKind.Parameter => comparison.Matches(KeyValue.Find(model.Params, comparison.Key)),
            EntityKind.Tag => comparison.Matches(KeyValue.Find(model.Tags, comparison.Key)),
            _ when Schema.IsNumber(comparison.Kind, comparison.Key) => comparison.Matches((double?)NumberOf(model, comparison.Key)),
            _ => comparison.Matches(TextOf(model, comparison.Key)),
        });
    }

    private static bool IsOn(Metric metric, IReadOnlyList<GivenDatasetFilter>? datasets) => datasets is not { Count: > 0 }
        || datasets.Any(dataset => metric.DatasetName == dataset.DatasetName
            && (string.IsNullOrEmpty(dataset.DatasetDigest) || metric.DatasetDigest == dataset.DatasetDigest));
}
