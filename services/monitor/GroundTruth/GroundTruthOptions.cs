using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.GroundTruth;

/// <summary>How long predictions wait for their labels and labels for their predictions; section <c>Monitor:GroundTruth</c>.</summary>
public sealed class GroundTruthOptions
{
    /// <summary>Answered rows that can still be labelled, all models together; the windows of the oldest are given up first.</summary>
    [Range(100, 100_000_000)]
    public int Horizon { get; set; } = 200_000;

    /// <summary>Labels that can wait for their predictions, and as many business outcomes; the oldest are dropped beyond that.</summary>
    [Range(100, 10_000_000)]
    public int MaxHeld { get; set; } = 50_000;

    /// <summary>Labels, or business outcomes, in one request.</summary>
    [Range(1, 1_000_000)]
    public int MaxPerRequest { get; set; } = 10_000;

    /// <summary>
    /// How long a request waits for predictions that have been answered but not yet read from the log, so that a label sent
    /// right after its prediction is not reported as unknown.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan CatchUp { get; set; } = TimeSpan.FromSeconds(1);
}
