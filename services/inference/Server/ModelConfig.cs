using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Onnx.Batching;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Server;

/// <summary>The answer of <c>GET /v2/models/{m}[/versions/{v}]/config</c>, in the reference server's terms.</summary>
internal sealed record ModelConfig(
    string Name,
    string Platform,
    string Backend,
    [property: JsonPropertyName("max_batch_size")] int MaxBatchSize,
    IReadOnlyList<ConfigTensor> Input,
    IReadOnlyList<ConfigTensor> Output,
    [property: JsonPropertyName("instance_group")] IReadOnlyList<InstanceGroup> InstanceGroup,
    [property: JsonPropertyName("dynamic_batching"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DynamicBatching? DynamicBatching,
    [property: JsonPropertyName("default_model_filename")] string DefaultModelFilename,
    ConfigSharing Batching,
    ConfigIsolation Isolation)
{
    public static ModelConfig Of(LoadedVersion version)
    {
        var (settings, batches) = (version.Batcher.Settings, version.WarmUp.CanShare);
        return new ModelConfig(
            version.Model, ModelMetadata.PlatformOf(version), "onnxruntime",
            batches ? version.Batcher.MaxBatchSize : 0,
            [
                .. version.Schema.Inputs.Select(tensor => ConfigTensor.Of(tensor, batches)),
                .. version.Schema.AllInputs.Skip(version.Schema.Inputs.Count).Select(tensor => ConfigTensor.Of(tensor, batches: false) with { Optional = true }),
            ],
            [.. version.Schema.Outputs.Select(tensor => ConfigTensor.Of(tensor, batches))],
            [new InstanceGroup(version.Model, version.Provider == ExecutionProvider.Cpu ? "KIND_CPU" : "KIND_GPU", settings.Runners)],
            batches ? DynamicBatching.Of(settings) : null,
            version.Description.Kind is null ? "model.onnx" : "pipeline.json",
            ConfigSharing.Of(version.WarmUp.Sharing),
            ConfigIsolation.Of(version));
    }
}

/// <summary>Whether rows of different requests share a run, what decided it, and which operator forbids it where one does.</summary>
internal sealed record ConfigSharing(
    [property: JsonPropertyName("rows_share_runs")] bool RowsShareRuns,
    [property: JsonPropertyName("decided_by")] string DecidedBy,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Operator,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Node)
{
    public static ConfigSharing Of(RowSharing sharing) =>
        new(sharing.MayShare, sharing.DecidedBy, sharing.Reason, sharing.Mixing?.Operator, sharing.Mixing?.Node);
}

/// <summary>Where a version runs, what decided it, which operator asks for it where one does, and what has become of its process.</summary>
internal sealed record ConfigIsolation(
    [property: AllowedValues("service", "process")] string Runs,
    [property: JsonPropertyName("decided_by")] string DecidedBy,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Operator,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Node,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Restarts,
    [property: JsonPropertyName("last_death"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LastDeath)
{
    public static ConfigIsolation Of(LoadedVersion version)
    {
        var (isolation, worker) = (version.Isolation, version.Worker);
        return new(worker is null ? "service" : "process", isolation.DecidedBy, isolation.Reason,
            isolation.Hazard?.Operator, isolation.Hazard?.Node, worker?.Restarts, worker?.LastDeath?.Reason);
    }
}

/// <summary>One input or output. Where the server batches, the rows are not among its dimensions.</summary>
internal sealed record ConfigTensor(string Name, [property: JsonPropertyName("data_type")] string DataType, IReadOnlyList<long> Dims)
{
    /// <summary>True for an input that a request may leave out; all its dimensions are shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Optional { get; init; }

    public static ConfigTensor Of(TensorSpec tensor, bool batches) => new(
        tensor.Name,
        tensor.Datatype == Datatype.Bytes ? "TYPE_STRING" : $"TYPE_{tensor.Datatype.Name()}",
        [.. batches ? tensor.Shape.Skip(1) : tensor.Shape]);
}

/// <summary>Runs side by side.</summary>
internal sealed record InstanceGroup(string Name, [property: AllowedValues("KIND_CPU", "KIND_GPU")] string Kind, int Count);

/// <summary>How requests are put together.</summary>
internal sealed record DynamicBatching(
    [property: JsonPropertyName("preferred_batch_size")] IReadOnlyList<int> PreferredBatchSize,
    [property: JsonPropertyName("max_queue_delay_microseconds")] long MaxQueueDelayMicroseconds,
    [property: JsonPropertyName("priority_levels")] int PriorityLevels,
    [property: JsonPropertyName("default_priority_level")] int DefaultPriorityLevel,
    [property: JsonPropertyName("default_queue_policy")] QueuePolicy DefaultQueuePolicy)
{
    public static DynamicBatching Of(BatchSettings settings) => new(
        settings.PreferredBatchSize > 0 ? [settings.PreferredBatchSize] : [],
        (long)settings.MaxDelay.TotalMicroseconds,
        settings.PriorityLevels,
        settings.DefaultPriority,
        new QueuePolicy(settings.MaxQueueLength));
}

/// <summary>Bounds of the queue.</summary>
internal sealed record QueuePolicy([property: JsonPropertyName("max_queue_size")] int MaxQueueSize);
