using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Platform.Inference.Callbacks;

namespace Platform.Inference.Jobs;

/// <summary>Predictions in the background; section <c>Inference:Jobs</c>.</summary>
public sealed class JobOptions
{
    /// <summary>
    /// Jobs that this process runs at a time. They wait in the batchers' queues together with requests over HTTP and are run
    /// with them, so this should be a few batches, not one per runner.
    /// </summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>Times that a job is begun before it is given up; it is begun again when the process that ran it has died.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long a job waits for its model to be ready or for room in its queue before it fails.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a finished job and its result can be read; then both are removed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Jobs that may wait; beyond it further ones are refused with 503.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueued { get; set; } = 10_000;

    /// <summary>Bytes that the bodies of waiting jobs may take together; beyond it further ones are refused with 503.</summary>
    [Range(1 << 20, 1L << 40)]
    public long MaxQueuedBytes { get; set; } = 256 << 20;

    /// <summary>Largest body of a job, in bytes, uncompressed.</summary>
    [Range(1024, 1 << 30)]
    public long MaxBodyBytes { get; set; } = 4 << 20;

    /// <summary>Largest result of a job, in bytes; a job with a larger one fails.</summary>
    [Range(1024, 1 << 30)]
    public int MaxResultBytes { get; set; } = 16 << 20;

    /// <summary>Largest result that is sent with <c>PredictionCompleted</c>, in bytes; 0 keeps results out of events.</summary>
    [Range(0, 16 << 20)]
    public int MaxEventResultBytes { get; set; } = 64 << 10;

    /// <summary>How often this process looks for jobs that were lost and for results that are no longer kept.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A process that has not been heard of for this long has died, and its jobs are begun again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan WorkerTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How finished jobs are told to those who asked for it.</summary>
    [Required, ValidateObjectMembers]
    public CallbackOptions Callbacks { get; set; } = new();
}

[OptionsValidator]
internal sealed partial class JobOptionsValidator : IValidateOptions<JobOptions>;
