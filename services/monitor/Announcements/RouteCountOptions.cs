using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.Announcements;

/// <summary>How versions that share requests are told about; section <c>Monitor:Routes</c>.</summary>
public sealed class RouteCountOptions
{
    /// <summary>How often their counts are published.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);
}
