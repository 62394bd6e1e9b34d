using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.Analyses;

/// <summary>Bounds of the ad-hoc analyses; section <c>Monitor:Analyses</c>.</summary>
public sealed class AnalysisOptions
{
    /// <summary>Largest body, in bytes; two samples of a million numbers take about 40 MB.</summary>
    [Range(1 << 10, 1L << 31)]
    public long MaxBodyBytes { get; set; } = 100L << 20;

    /// <summary>Analyses that run at a time.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Analyses that wait for their turn; further ones are refused with 503.</summary>
    [Range(0, 10_000)]
    public int MaxWaiting { get; set; } = 32;
}
