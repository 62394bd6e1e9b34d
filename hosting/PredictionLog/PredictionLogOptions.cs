using System.ComponentModel.DataAnnotations;
using System.Numerics;

namespace Platform.Hosting.PredictionLog;

/// <summary>The prediction log on disk; section <c>PredictionLog</c>.</summary>
public sealed class PredictionLogOptions : IValidatableObject
{
    /// <summary>How often appended records are committed to disk. What a crash can lose is that and the time that a commit takes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan CommitInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>So many bytes that are not on the disk are committed before the interval ends.</summary>
    [Range(1 << 16, 1L << 30)]
    public long CommitBytes { get; set; } = 8 << 20;

    /// <summary>How old a record may be when it is on the disk. Commits that bring an older one are counted as late.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan DurableWithin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Size of a page in memory, a power of two; a record must fit on one page.</summary>
    [Range(1 << 16, 1 << 28)]
    public long PageBytes { get; set; } = 4 << 20;

    /// <summary>Memory for pages that are written or read, a power of two of at least four pages.</summary>
    [Range(1 << 18, 1L << 34)]
    public long MemoryBytes { get; set; } = 32 << 20;

    /// <summary>Size of a file on disk, a power of two; the oldest file is what retention removes.</summary>
    [Range(1 << 20, 1L << 34)]
    public long SegmentBytes { get; set; } = 64 << 20;

    /// <summary>Bound on disk: beyond it the oldest records are dropped, counted and logged.</summary>
    [Range(1 << 22, long.MaxValue)]
    public long MaxDiskBytes { get; set; } = 8L << 30;

    /// <summary>
    /// Share of the time that a consumer may work while it is behind and predictions keep coming, so that catching up does not
    /// slow serving in the same process. With no traffic it works at full speed.
    /// </summary>
    [Range(0.01, 1.0)]
    public double ConsumerDutyCycle { get; set; } = 0.25;

    /// <summary>The Kafka cluster that records are forwarded to and read from; none when it names no servers.</summary>
    public KafkaOptions Kafka { get; set; } = new();

    /// <summary>How long after a write that the disk has refused it is tried again.</summary>
    internal TimeSpan RetryInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    internal bool IsSpool => Kafka.BootstrapServers.Length > 0;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(Kafka, new ValidationContext(Kafka), results, validateAllProperties: true);
        foreach (var result in results) yield return result;
        foreach (var (name, value) in new[]
                 { (nameof(PageBytes), PageBytes), (nameof(MemoryBytes), MemoryBytes), (nameof(SegmentBytes), SegmentBytes) })
            if (!BitOperations.IsPow2(value)) yield return new ValidationResult($"{name} must be a power of two.", [name]);
        if (MemoryBytes < 4 * PageBytes)
            yield return new ValidationResult($"{nameof(MemoryBytes)} must hold at least four pages.", [nameof(MemoryBytes)]);
        if (SegmentBytes < PageBytes)
            yield return new ValidationResult($"{nameof(SegmentBytes)} must hold at least one page.", [nameof(SegmentBytes)]);
        if (MaxDiskBytes < 2 * SegmentBytes)
            yield return new ValidationResult($"{nameof(MaxDiskBytes)} must hold at least two segments.", [nameof(MaxDiskBytes)]);
    }
}
