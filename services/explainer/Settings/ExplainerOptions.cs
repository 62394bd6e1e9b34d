using System.ComponentModel.DataAnnotations;

namespace Platform.Explainer.Settings;

/// <summary>Bounds of the explainer; section <c>Explainer</c>, where those of <see cref="Platform.Hosting.PredictionLog.Index.PredictionIndexOptions"/> stand as well.</summary>
public sealed class ExplainerOptions
{
    /// <summary>Models kept loaded; one in use stays loaded beyond that.</summary>
    [Range(1, 1000)]
    public int CachedModels { get; set; } = 8;

    /// <summary>Explanations computed at once while their callers wait. Each uses one core.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Callers that may wait for their turn; further ones are sent away with 429.</summary>
    [Range(0, 10_000)]
    public int WaitingCallers { get; set; } = 32;

    /// <summary>The longest that an explanation may take while its caller waits.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SyncTimeLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a caller waits for an explanation of a whole version before it is told to ask again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan GlobalPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Explanations that a process computes at once in the background, and as many of whole versions.</summary>
    [Range(1, 256)]
    public int JobConcurrency { get; set; } = 1;

    /// <summary>Accepted explanations that may wait to be computed; further ones are sent away with 429.</summary>
    [Range(1, 1000)]
    public int QueuedJobs { get; set; } = 100;

    /// <summary>
    /// A process that computes an explanation in the background and has not been heard of for this long has died, and another one begins it anew. It
    /// is heard of three times within.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan JobLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that an explanation may take in the background.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "06:00:00")]
    public TimeSpan JobTimeLimit { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a finished explanation can be read.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The most segments that a text is cut into; words beyond that are merged with their neighbours.</summary>
    [Range(2, 4096)]
    public int TextSegments { get; set; } = 100;
}
