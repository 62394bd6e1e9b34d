using System.ComponentModel.DataAnnotations;
using Platform.Contracts.Inference;
using Platform.Hosting.Errors;

namespace Platform.Hosting.PredictionLog;

/// <summary>The prediction log in Kafka; section <c>PredictionLog:Kafka</c>.</summary>
public sealed class KafkaOptions : IValidatableObject
{
    /// <summary><c>host:port</c>, several separated by commas. Empty: the log stays in the process's data directory.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>The topic, keyed by model.</summary>
    [Required]
    [RegularExpression("[A-Za-z0-9._-]{1,249}")]
    public string Topic { get; set; } = PredictionLogged.EventType;

    /// <summary>Whether the forwarder makes the topic where it is missing.</summary>
    public bool CreateTopic { get; set; } = true;

    /// <summary>
    /// Partitions of the topic where it is made here. Choose once: a model's records move when it changes, and order and the
    /// recognition of repeated records hold within a partition.
    /// </summary>
    [Range(1, 1000)]
    public int Partitions { get; set; } = 12;

    /// <summary>
    /// Only for brokers before 0.10, which cannot say what they understand, for example <c>0.9.0.1</c>. They know no idempotent
    /// producer, no zstd and no headers; order and recognition of repeated records hold all the same.
    /// </summary>
    [RegularExpression(@"0\.[89](\.\d+)*", ErrorMessage = "Name a version before 0.10 or none.")]
    public string? BrokerVersion { get; set; }

    /// <summary>
    /// The largest record, with key and headers, in bytes: what does not fit is sampled further. 1,000,000 is what brokers and clients take when
    /// nobody says otherwise. More keeps more requests whole, and so explainable; the broker's <c>message.max.bytes</c>, or the topic's
    /// <c>max.message.bytes</c>, must be at least as much, which is looked at again and again. A topic that is made here takes as much.
    /// </summary>
    [Range(500_000, 100_000_000)]
    public int MaxMessageBytes { get; set; } = 1_000_000;

    /// <summary>How often the forwarder notes on disk how far it came; what was sent since is sent again after a crash.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan MarkInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often the forwarder looks whether the topic takes the largest record.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan TopicInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Further settings of librdkafka for every client: for TLS <c>security.protocol=SSL</c> and <c>ssl.ca.location</c>, a PEM file. What would
    /// leave the broker unverified is refused.
    /// </summary>
    public Dictionary<string, string> Settings { get; set; } = [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        KafkaTlsSettings.Problems(Settings).Select(problem => new ValidationResult($"PredictionLog:Kafka:Settings: {problem}", [nameof(Settings)]));
}
