using System.ComponentModel.DataAnnotations;

namespace Platform.Registry.Events;

/// <summary>The open event stream; section <c>Registry:Events</c>.</summary>
public sealed class EventStreamOptions
{
    /// <summary>How often a comment is sent while nothing happens, so that nobody in between closes the connection.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many streams may be open at once.</summary>
    [Range(1, 100_000)]
    public int MaxStreams { get; set; } = 200;
}
