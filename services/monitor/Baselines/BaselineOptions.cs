using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.Baselines;

/// <summary>What is kept of the reference data; section <c>Monitor:Baselines</c>.</summary>
public sealed class BaselineOptions
{
    /// <summary>Reference rows that a baseline keeps; of a larger reference every k-th row is taken.</summary>
    [Range(10, 1_000_000)]
    public int MaxRows { get; set; } = 5_000;

    /// <summary>Versions whose baselines stay in memory; the least recently used one gives way.</summary>
    [Range(1, 100_000)]
    public int MaxVersions { get; set; } = 200;
}
