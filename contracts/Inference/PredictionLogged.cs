using System.Text.Json.Serialization;

namespace Platform.Contracts.Inference;

/// <summary>
/// The prediction record: one per infer request that reached a model, rejected and failed ones too, written by inference to
/// the prediction log and read by monitor, explainer and analytics. A structured-mode CloudEvent (CloudEvents 1.0.2) whose
/// subject is the model's name, which is also the Kafka key.
/// </summary>
public sealed record PredictionLogged
{
    /// <summary>The CloudEvents type of this record.</summary>
    public const string EventType = "predictions.prediction-logged.v1";

    /// <summary>Always "1.0".</summary>
    [JsonPropertyName("specversion")]
    public string SpecVersion { get; init; } = "1.0";

    /// <summary>The prediction id: the key for ground truth, feedback and explanations.</summary>
    public string Id { get; init; } = "";

    /// <summary>The writing service, as a URI reference.</summary>
    public string Source { get; init; } = "/inference";

    /// <summary><see cref="EventType"/>.</summary>
    public string Type { get; init; } = EventType;

    /// <summary>The model's name.</summary>
    public string Subject { get; init; } = "";

    /// <summary>When the request arrived (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>application/json.</summary>
    [JsonPropertyName("datacontenttype")]
    public string DataContentType { get; init; } = "application/json";

    /// <summary>The prediction itself.</summary>
    public PredictionData Data { get; init; } = new();
}

/// <summary>What was asked, answered and measured.</summary>
public sealed record PredictionData
{
    /// <summary>The version that answered (or refused).</summary>
    public string Version { get; init; } = "";

    /// <summary>Why that version: champion, another alias, or version when the URL named it.</summary>
    public string Route { get; init; } = "";

    /// <summary>The caller's sticky key (x-route-key); null when none was sent.</summary>
    public string? RouteKey { get; init; }

    /// <summary>The request id (x-request-id).</summary>
    public string RequestId { get; init; } = "";

    /// <summary>The W3C trace id; null when the request was not traced.</summary>
    public string? TraceId { get; init; }

    /// <summary>The tenant of the caller's key; null without one.</summary>
    public string? Tenant { get; init; }

    /// <summary>succeeded, rejected (bad request, full queue), failed (the model failed) or cancelled (the caller left).</summary>
    public string Status { get; init; } = PredictionStatus.Succeeded;

    /// <summary>The error text of a prediction that did not succeed.</summary>
    public string? Error { get; init; }

    /// <summary>Number of rows in the request; 1 for models without a batch dimension.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>Input tensors in request order; empty when the request could not be parsed.</summary>
    public IReadOnlyList<LoggedTensor> Inputs { get; init; } = [];

    /// <summary>Output tensors; empty unless the prediction succeeded.</summary>
    public IReadOnlyList<LoggedTensor> Outputs { get; init; } = [];

    /// <summary>Where the time went.</summary>
    public PredictionTimings Timings { get; init; } = new();

    /// <summary>Number of rows in the batch that this request ran in; 0 when it did not run.</summary>
    public int BatchSize { get; init; }

    /// <summary>The execution provider: cpu, cuda or tensorrt; null when it did not run.</summary>
    public string? Device { get; init; }
}

/// <summary>Values of <see cref="PredictionData.Status"/>; readers treat an unknown one as failed.</summary>
public static class PredictionStatus
{
    /// <summary>The caller got its outputs.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>The request was refused before the model ran.</summary>
    public const string Rejected = "rejected";

    /// <summary>The model failed on it.</summary>
    public const string Failed = "failed";

    /// <summary>The caller left before the answer.</summary>
    public const string Cancelled = "cancelled";
}
