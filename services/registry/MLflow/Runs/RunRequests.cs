using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Runs;

/// <summary>A run by its id; old clients call it <c>run_uuid</c>.</summary>
internal record OfRun
{
    public string? RunId { get; init; }

    public string? RunUuid { get; init; }

    public string Id() => MLflowRequest.Required(RunId.OrNull() ?? RunUuid, "run_id");
}

internal sealed record CreateRun(
    string? ExperimentId, string? UserId, string? RunName, long? StartTime, IReadOnlyList<GivenPair>? Tags);

internal sealed record UpdateRun : OfRun
{
    public string? Status { get; init; }

    public long? EndTime { get; init; }

    public string? RunName { get; init; }
}

internal sealed record LogPair : OfRun
{
    public string? Key { get; init; }

    public string? Value { get; init; }
}

internal sealed record GivenMetric
{
    public string? Key { get; init; }

    public double? Value { get; init; }

    public long? Timestamp { get; init; }

    public long? Step { get; init; }

    public string? ModelId { get; init; }

    public string? DatasetName { get; init; }

    public string? DatasetDigest { get; init; }
}

internal sealed record LogMetric : OfRun
{
    public string? Key { get; init; }

    public double? Value { get; init; }

    public long? Timestamp { get; init; }

    public long? Step { get; init; }

    public string? ModelId { get; init; }

    public string? DatasetName { get; init; }

    public string? DatasetDigest { get; init; }

    public GivenMetric Metric() => new()
    {
        Key = Key, Value = Value, Timestamp = Timestamp, Step = Step, ModelId = ModelId, DatasetName = DatasetName, DatasetDigest = DatasetDigest,
    };
}

internal sealed record LogBatch : OfRun
{
    public IReadOnlyList<GivenMetric>? Metrics { get; init; }

    public IReadOnlyList<GivenPair>? Params { get; init; }

    public IReadOnlyList<GivenPair>? Tags { get; init; }
}

internal sealed record LogModel : OfRun
{
    public string? ModelJson { get; init; }
}

internal sealed record LogInputs : OfRun
{
    public IReadOnlyList<GivenInput>? Datasets { get; init; }

    public IReadOnlyList<GivenModel>? Models { get; init; }
}

internal sealed record LogOutputs : OfRun
{
    public IReadOnlyList<GivenModel>? Models { get; init; }
}

internal sealed record GivenInput(IReadOnlyList<GivenPair>? Tags, GivenDataset? Dataset);

internal sealed record GivenDataset(string? Name, string? Digest, string? SourceType, string? Source, string? Schema, string? Profile);

internal sealed record GivenModel(string? ModelId, long? Step);

internal sealed record SearchRuns(IReadOnlyList<string>? ExperimentIds, string? Filter, string? RunViewType, long? MaxResults,
    IReadOnlyList<string>? OrderBy, string? PageToken);

internal sealed record MetricHistory : OfRun
{
    public string? MetricKey { get; init; }

    public string? PageToken { get; init; }

    public long? MaxResults { get; init; }
}

internal sealed record MetricHistories(IReadOnlyList<string>? RunIds, IReadOnlyList<string>? RunId, string? MetricKey,
    long? StartStep, long? EndStep, long? MaxResults);
