using System.ComponentModel.DataAnnotations;

namespace Platform.SampleDriver.Traffic;

/// <summary>
/// How the samples' held-out rows are replayed; section <c>Traffic</c>. Usual rows, then shifted ones where a sample has
/// them, then usual rows until the cycle begins again.
/// </summary>
public sealed class TrafficOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Traffic";

    /// <summary>Predictions a second for each model.</summary>
    [Range(0.1, 1000)]
    public double RowsPerSecond { get; set; } = 5;

    /// <summary>How long the usual rows run before the shifted ones.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan UsualFor { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the shifted rows run.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ShiftedFor { get; set; } = TimeSpan.FromSeconds(75);

    /// <summary>From the beginning of one shift to the beginning of the next.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan Cycle { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long after its prediction a label arrives.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LabelDelay { get; set; } = TimeSpan.FromSeconds(15);
}
