using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.Baselines;

/// <summary>What is kept of the reference data; section <c>Monitor:Baselines</c>.</summary>
public sealed class BaselineOptions
{
    /// <summary>Reference rows that a baseline keeps; of a larger reference one row of every k is taken.</summary>
    [Range(10, 1_000_000)]
    public int MaxRows { get; set; } = 5_000;

    /// <summary>Values (rows times features) that a baseline keeps: the bound on memory for wide models.</summary>
    [Range(10_000, 1_000_000_000)]
    public int MaxValues { get; set; } = 1_000_000;

    /// <summary>Versions whose baselines stay in memory; the least recently used one gives way.</summary>
    [Range(1, 100_000)]
    public int MaxVersions { get; set; } = 200;

    /// <summary>The most rows of a reference with that many features.</summary>
    internal int RowsFor(int features) => Math.Clamp(MaxValues / Math.Max(1, features), 10, MaxRows);
}
