using System.ComponentModel.DataAnnotations;

namespace Platform.Inference.Settings;

/// <summary>What shadows may take of the machine: versions that answer once more what a champion has answered.</summary>
public sealed class ShadowOptions
{
    /// <summary>Requests that wait for their shadow; beyond it they go without one, and are counted.</summary>
    [Range(1, 100_000)]
    public int MaxWaiting { get; set; } = 256;

    /// <summary>Bytes that the bodies of these may take together.</summary>
    [Range(1024, 1L << 40)]
    public long MaxBytesWaiting { get; set; } = 64 << 20;

    /// <summary>Requests that shadows answer at once.</summary>
    [Range(1, 1024)]
    public int Concurrency { get; set; } = 2;
}
