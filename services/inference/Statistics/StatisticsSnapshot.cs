using System.Text.Json.Serialization;

namespace Platform.Inference.Statistics;

/// <summary>The answer of the protocol's statistics extension.</summary>
internal sealed record ModelStatistics([property: JsonPropertyName("model_stats")] IReadOnlyList<StatisticsSnapshot> ModelStats);

/// <summary>One version's statistics since it was loaded.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">Its version.</param>
/// <param name="LastInference">When it was last called, in milliseconds since 1970; 0 for never.</param>
/// <param name="InferenceCount">Rows answered.</param>
/// <param name="ExecutionCount">Runs of the model; fewer than rows where rows ran together.</param>
/// <param name="InferenceStats">Where the time of requests went.</param>
/// <param name="ResponseStats">Empty: no model here answers a request more than once.</param>
/// <param name="BatchStats">Where the time of runs went, by their number of rows.</param>
/// <param name="MemoryUsage">An estimate of the memory it takes.</param>
internal sealed record StatisticsSnapshot(
    string Name,
    string Version,
    [property: JsonPropertyName("last_inference")] long LastInference,
    [property: JsonPropertyName("inference_count")] long InferenceCount,
    [property: JsonPropertyName("execution_count")] long ExecutionCount,
    [property: JsonPropertyName("inference_stats")] InferenceStatistics InferenceStats,
    [property: JsonPropertyName("response_stats")] IReadOnlyDictionary<string, object> ResponseStats,
    [property: JsonPropertyName("batch_stats")] IReadOnlyList<RunStatistics> BatchStats,
    [property: JsonPropertyName("memory_usage")] IReadOnlyList<MemoryUsage> MemoryUsage);

/// <summary>Where the time of requests went.</summary>
internal sealed record InferenceStatistics(
    Tally Success,
    Tally Fail,
    Tally Queue,
    [property: JsonPropertyName("compute_input")] Tally ComputeInput,
    [property: JsonPropertyName("compute_infer")] Tally ComputeInfer,
    [property: JsonPropertyName("compute_output")] Tally ComputeOutput,
    [property: JsonPropertyName("cache_hit")] Tally CacheHit,
    [property: JsonPropertyName("cache_miss")] Tally CacheMiss);

/// <summary>Where the time of runs of one size went.</summary>
internal sealed record RunStatistics(
    [property: JsonPropertyName("batch_size")] int BatchSize,
    [property: JsonPropertyName("compute_input")] Tally ComputeInput,
    [property: JsonPropertyName("compute_infer")] Tally ComputeInfer,
    [property: JsonPropertyName("compute_output")] Tally ComputeOutput);

/// <summary>Memory of one kind.</summary>
internal sealed record MemoryUsage(string Type, int Id, [property: JsonPropertyName("byte_size")] long ByteSize);
