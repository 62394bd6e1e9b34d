using System.ComponentModel.DataAnnotations;
using Platform.Onnx.Isolation;

namespace Platform.Onnx.Workers;

/// <summary>Which models run in processes of their own, and how far those may go; section <c>Isolation</c>, of every service that runs models.</summary>
public sealed class IsolationOptions
{
    public const string Section = "Isolation";

    /// <summary>Which models; those that need it, by default. <c>None</c> lets a request end the service where a model can trap.</summary>
    public IsolationPolicy Models { get; set; } = IsolationPolicy.Auto;

    /// <summary>The most memory that one worker may have for itself, in bytes; beyond it, it is ended. Half of the machine's by default.</summary>
    [Range(128L << 20, 1L << 50)]
    public long MemoryBytes { get; set; } = Math.Max(128L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>How long a worker may take to stop a run that has reached its time limit; after that it is ended.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan StopPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause before a worker that keeps dying is started again; the first start comes at once, the second after a second.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(1);

    internal WorkerLimits Limits => new() { MemoryBytes = MemoryBytes, StopPatience = StopPatience, LongestPause = LongestPause };
}
