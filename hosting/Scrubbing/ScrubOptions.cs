using System.ComponentModel.DataAnnotations;

namespace Platform.Hosting.Scrubbing;

/// <summary>Reading what is at rest to find damage before somebody needs it; section <c>Scrub</c>.</summary>
public sealed class ScrubOptions
{
    /// <summary>How fast files are read, in bytes a second; 0 reads none.</summary>
    [Range(0, 1L << 30)]
    public long BytesPerSecond { get; set; } = 1 << 20;

    /// <summary>How long to wait after the start, and between the end of a pass over everything and the next.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);
}
