using System.ComponentModel.DataAnnotations;

namespace Platform.Inference.Settings;

/// <summary>Batching; see <see cref="ServingOptions.Batching"/>.</summary>
public sealed class BatchingOptions
{
    /// <summary>Most rows in one run; 1 turns batching off. 0, the default: as many as were measured to be worth it at loading, at most 64.</summary>
    [Range(0, 65536)]
    public int MaxBatchSize { get; set; }

    /// <summary>Rows that end the waiting of <see cref="MaxDelay"/> early; 0 for <see cref="MaxBatchSize"/>.</summary>
    [Range(0, 65536)]
    public int PreferredBatchSize { get; set; }

    /// <summary>How long the first request may wait for others; none by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MaxDelay { get; set; }

    /// <summary>Most requests that may wait for one version; beyond it requests are refused with 503.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueueLength { get; set; } = 1024;

    /// <summary>Runs side by side for one version; 0 for one per processor.</summary>
    [Range(0, 1024)]
    public int Runners { get; set; }

    /// <summary>A run that takes longer is stopped.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan MaxRunTime { get; set; } = TimeSpan.FromSeconds(30);
}
