using System.ComponentModel.DataAnnotations;

namespace Platform.Registry.Gates;

/// <summary>How gates measure; section <c>Registry:Gates</c>. Their time is bounded by <c>Registry:Sessions:Timeout</c>.</summary>
public sealed class GateOptions
{
    /// <summary>Reference rows that are run at once, where the model takes several.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 128;

    /// <summary>The most that a version's answers to its reference rows may take up, in bytes.</summary>
    [Range(1, long.MaxValue)]
    public long MaxPredictionBytes { get; set; } = 1L << 30;
}
