using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.Performance;

/// <summary>When a version counts as worse than it was; section <c>Monitor:Performance</c>.</summary>
public sealed class PerformanceOptions
{
    /// <summary>Labelled rows below which nothing is concluded; of estimates, rows with a score.</summary>
    [Range(2, 1_000_000)]
    public int MinLabelled { get; set; } = 30;

    /// <summary>Level of significance of the test of degradation.</summary>
    [Range(1e-9, 0.5)]
    public double Alpha { get; set; } = 0.01;

    /// <summary>The least loss of accuracy that matters; of a mean absolute error, the least rise as a share of the baseline's.</summary>
    [Range(0.0, 1.0)]
    public double Tolerance { get; set; } = 0.05;
}
