using System.Text.Json.Serialization;
using Platform.Registry.MLflow.Experiments;
using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Runs;

/// <summary>A run as it is stored: everything but the history of its metrics, of which it has the latest values.</summary>
internal sealed record Run
{
    public required string RunId { get; init; }

    public required string RunName { get; init; }

    public required string ExperimentId { get; init; }

    public string UserId { get; init; } = "";

    public string Status { get; init; } = "RUNNING";

    public long StartTime { get; init; }

    public long? EndTime { get; init; }

    public required string ArtifactUri { get; init; }

    public string LifecycleStage { get; init; } = Lifecycle.Active;

    /// <summary>In the order of their keys.</summary>
    public KeyValue[] Params { get; init; } = [];

    /// <summary>In the order of their keys.</summary>
    public KeyValue[] Tags { get; init; } = [];

    /// <summary>The latest value of each, in the order of their keys.</summary>
    public Metric[] Metrics { get; init; } = [];

    public DatasetInput[] Datasets { get; init; } = [];

    public ModelInput[] ModelInputs { get; init; } = [];

    public ModelOutput[] ModelOutputs { get; init; } = [];

    /// <summary>How many segments its metrics fill.</summary>
    public int Segments { get; init; }

    public string? Tag(string key) => KeyValue.Find(Tags, key);

    public void MustBeActive()
    {
        if (LifecycleStage != Lifecycle.Active)
            throw MLflowException.Invalid($"The run {RunId} must be in the 'active' state. Current state is {LifecycleStage}.");
    }
}

/// <summary>A dataset that a run has used.</summary>
internal sealed record DatasetInput(IReadOnlyList<KeyValue>? Tags, Dataset Dataset)
{
    private const string ContextTag = "mlflow.data.context";

    /// <summary>What it was used for, such as training.</summary>
    [JsonIgnore]
    public string? Context => Tags?.FirstOrDefault(tag => tag.Key == ContextTag)?.Value;
}

internal sealed record Dataset(string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile);

internal sealed record ModelInput(string ModelId);

internal sealed record ModelOutput(string ModelId, long Step);
