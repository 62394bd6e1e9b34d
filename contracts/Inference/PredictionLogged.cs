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

    /// <summary>The prediction id: the key for ground truth and explanations.</summary>
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

    /// <summary>Where in its trace the prediction stands (W3C trace context); absent unless its trace is collected.</summary>
    [JsonPropertyName("traceparent"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }

    /// <summary>Where the record was written first: the id of that process's local log. Absent until it is forwarded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Spool { get; init; }

    /// <summary>
    /// The record's number in its <see cref="Spool"/>, 20 digits. It grows along a partition; a record whose number is not above
    /// the last one seen of its spool has been sent before.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sequence { get; init; }

    /// <summary>The prediction itself.</summary>
    public PredictionData Data { get; init; } = new();
}
