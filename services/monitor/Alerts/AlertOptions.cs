using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.Alerts;

/// <summary>Bounds of alerts; section <c>Monitor:Alerts</c>.</summary>
public sealed class AlertOptions
{
    /// <summary>Resolved alerts that are kept.</summary>
    [Range(1, 1_000_000)]
    public int KeepResolved { get; set; } = 1_000;

    /// <summary>How long a version that serves no more may be without traffic before its alerts are resolved.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan RetireAfter { get; set; } = TimeSpan.FromMinutes(10);
}
