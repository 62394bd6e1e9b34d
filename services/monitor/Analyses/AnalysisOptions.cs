using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.Analyses;

/// <summary>Bounds of the ad-hoc analyses; section <c>Monitor:Analyses</c>.</summary>
public sealed class AnalysisOptions
{
    /// <summary>Largest body, in bytes, as much as the gateway lets through; two samples of a million numbers take about 40 MB.</summary>
    [Range(1 << 10, 1L << 31)]
    public long MaxBodyBytes { get; set; } = 64L << 20;

    /// <summary>Analyses that run at a time.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 4;

    /// <summary>How long a body may take to arrive once it is its turn: a slow sender must not hold up the others.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Analyses that wait for their turn; further ones are refused with 503.</summary>
    [Range(0, 10_000)]
    public int MaxWaiting { get; set; } = 32;
}
