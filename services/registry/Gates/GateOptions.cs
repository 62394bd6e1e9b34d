using System.ComponentModel.DataAnnotations;

namespace Platform.Registry.Gates;

/// <summary>How gates measure; section <c>Registry:Gates</c>. Their time is bounded by <c>Registry:Sessions:Timeout</c> and the size of the file.</summary>
public sealed class GateOptions
{
    /// <summary>Reference rows that are run at once, where the model takes several.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 128;

    /// <summary>The most that a version's answers to its reference rows may take up, in bytes.</summary>
    [Range(1, long.MaxValue)]
    public long MaxPredictionBytes { get; set; } = 1L << 30;

    /// <summary>Labelled reference rows below which no measure passes a gate.</summary>
    [Range(1, 1_000_000)]
    public int MinLabelled { get; set; } = 20;

    /// <summary>Calls of a single reference row that are timed where a policy bounds the latency.</summary>
    [Range(100, 100_000)]
    public int TimedCalls { get; set; } = 500;
}
