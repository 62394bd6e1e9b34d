using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Platform.Inference.Scoring;

/// <summary>Files of rows that are scored; section <c>Inference:Scoring</c>.</summary>
public sealed class ScoringOptions : IValidatableObject
{
    /// <summary>Jobs that this process is at, at a time. Each has one batch of rows in its version's queue.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Times that a job is begun without coming any further before it is given up.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long a job waits for its model to be ready before it fails. For room in the model's queue it waits as long as it takes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a finished job, its result and its errors can be read; then all of it is removed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Largest file, in bytes. Where one process keeps its documents in files, they are all in memory too.</summary>
    [Range(1024, 1L << 34)]
    public long MaxFileBytes { get; set; } = 64 << 20;

    /// <summary>Jobs that may wait or run; beyond it further ones are refused with 503.</summary>
    [Range(1, 10_000)]
    public int MaxUnfinished { get; set; } = 16;

    /// <summary>Files that are received at a time; beyond it further ones are refused with 503.</summary>
    [Range(1, 100)]
    public int MaxUploads { get; set; } = 4;

    /// <summary>How long a file may take to come.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxUploadTime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Bytes that files and results may take together, before the store encodes them, over all replicas. A file counts twice until its job has ended, for a
    /// result as large as it is; beyond the limit further files are refused with 503, and jobs end whose results are larger.
    /// </summary>
    [Range(1 << 20, 1L << 44)]
    public long MaxStoredBytes { get; set; } = 512 << 20;

    /// <summary>Problems of a job's rows that are kept; the others are counted.</summary>
    [Range(1, 1_000_000)]
    public int MaxErrors { get; set; } = 10_000;

    /// <summary>Rows of one run, at most; fewer where a record in the prediction log would not hold as many whole.</summary>
    [Range(1, 4096)]
    public int BatchRows { get; set; } = 256;

    /// <summary>Rows after which what has come of them is stored, at the latest; a process that dies loses no more work than that.</summary>
    [Range(1, 65536)]
    public int PartRows { get; set; } = 4096;

    /// <summary>How often this process looks for jobs that wait or were lost, and for what is no longer kept.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A process that has not been heard of for this long has died, and its jobs go on elsewhere.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan WorkerTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxStoredBytes < ScoringRecord.BytesFor(MaxFileBytes))
            yield return new("MaxStoredBytes must be at least twice MaxFileBytes: a file and its result must have room.", [nameof(MaxStoredBytes)]);
    }
}

[OptionsValidator]
internal sealed partial class ScoringOptionsValidator : IValidateOptions<ScoringOptions>;
