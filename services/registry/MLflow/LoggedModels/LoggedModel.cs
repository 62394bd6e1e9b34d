using Platform.Registry.MLflow.Experiments;
using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.LoggedModels;

/// <summary>A model that a run has made, before anybody registers it.</summary>
internal sealed record LoggedModel
{
    public required string ModelId { get; init; }

    public required string ExperimentId { get; init; }

    public required string Name { get; init; }

    public long CreationTimestampMs { get; init; }

    public long LastUpdatedTimestampMs { get; init; }

    public required string ArtifactUri { get; init; }

    /// <summary>One of <see cref="LoggedModelStatus"/>.</summary>
    public string Status { get; init; } = LoggedModelStatus.Pending;

    public string? ModelType { get; init; }

    public string? SourceRunId { get; init; }

    public string LifecycleStage { get; init; } = Lifecycle.Active;

    public KeyValue[] Tags { get; init; } = [];

    public KeyValue[] Params { get; init; } = [];

    /// <summary>The latest value of each metric, by run and dataset.</summary>
    public Metric[] Metrics { get; init; } = [];

    public ModelRegistration[] Registrations { get; init; } = [];
}

/// <summary>A version that was made of a logged model.</summary>
internal sealed record ModelRegistration(string Name, string Version);

/// <summary>What has become of a logged model's files.</summary>
internal static class LoggedModelStatus
{
    public const string Pending = "LOGGED_MODEL_PENDING";
    public const string Ready = "LOGGED_MODEL_READY";
    public const string UploadFailed = "LOGGED_MODEL_UPLOAD_FAILED";

    /// <summary>The status by its name or its number.</summary>
    public static string Read(string? text) => text switch
    {
        Pending or "1" => Pending,
        Ready or "2" => Ready,
        UploadFailed or "3" => UploadFailed,
        null or "" => throw MLflowRequest.Missing("status"),
        _ => throw MLflowRequest.Wrong("status", $"\"{text}\""),
    };
}
