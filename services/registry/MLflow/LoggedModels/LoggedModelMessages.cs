using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.LoggedModels;

internal sealed record CreateLoggedModel(string? ExperimentId, string? Name, string? ModelType, string? SourceRunId,
    IReadOnlyList<GivenPair>? Params, IReadOnlyList<GivenPair>? Tags);

internal sealed record OfLoggedModel(string? ModelId, bool? AllowDeleted);

internal sealed record FinalizeLoggedModel(string? ModelId, string? Status);

internal sealed record LoggedModelTags(string? ModelId, IReadOnlyList<GivenPair>? Tags);

internal sealed record LoggedModelTag(string? ModelId, string? TagKey);

internal sealed record LoggedModelParams(string? ModelId, IReadOnlyList<GivenPair>? Params);

internal sealed record SearchLoggedModels(IReadOnlyList<string>? ExperimentIds, string? Filter, IReadOnlyList<GivenDatasetFilter>? Datasets,
    long? MaxResults, IReadOnlyList<GivenOrder>? OrderBy, string? PageToken);

internal sealed record GivenDatasetFilter(string? DatasetName, string? DatasetDigest);

internal sealed record GivenOrder(string? FieldName, bool? Ascending, string? DatasetName, string? DatasetDigest);

internal sealed record LoggedModelAnswer(LoggedModelView Model);

internal sealed record LoggedModelsAnswer(IReadOnlyList<LoggedModelView>? Models, string? NextPageToken);

/// <summary>A logged model as MLflow answers it.</summary>
internal sealed record LoggedModelView(LoggedModelInfo Info, LoggedModelData Data)
{
    public static LoggedModelView Of(LoggedModel model) => new(
        new LoggedModelInfo(model.ModelId, model.ExperimentId, model.Name, model.CreationTimestampMs, model.LastUpdatedTimestampMs,
            model.ArtifactUri, model.Status, model.ModelType, model.SourceRunId,
            ((IReadOnlyList<KeyValue>)model.Tags).OrNull(), ((IReadOnlyList<ModelRegistration>)model.Registrations).OrNull()),
        new LoggedModelData(((IReadOnlyList<KeyValue>)model.Params).OrNull(), ((IReadOnlyList<Metric>)model.Metrics).OrNull()));
}

internal sealed record LoggedModelInfo(string ModelId, string ExperimentId, string Name, long CreationTimestampMs, long LastUpdatedTimestampMs,
    string ArtifactUri, string Status, string? ModelType, string? SourceRunId, IReadOnlyList<KeyValue>? Tags, IReadOnlyList<ModelRegistration>? Registrations);

internal sealed record LoggedModelData(IReadOnlyList<KeyValue>? Params, IReadOnlyList<Metric>? Metrics);
