using System.ComponentModel.DataAnnotations;

namespace Platform.Registry.Sessions;

/// <summary>How far the registry goes in trying a model out, in a process of its own; section <c>Registry:Sessions</c>.</summary>
public sealed class ModelSessionOptions
{
    /// <summary>How many models may be tried out at once.</summary>
    [Range(1, 64)]
    public int MaxConcurrent { get; set; } = 2;

    /// <summary>How many requests may wait for that; one more is refused at once.</summary>
    [Range(0, 10_000)]
    public int MaxWaiting { get; set; } = 100;

    /// <summary>
    /// The longest that loading a model and running it may take together, and that a request waits until it begins. A file of more than 256 MB
    /// may take a second longer for every 20 MB beyond that (<see cref="TimeoutFor"/>).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest that looking at a file of so many bytes may take.</summary>
    public TimeSpan TimeoutFor(long fileBytes) => Timeout + TimeSpan.FromSeconds(Math.Max(0, fileBytes - 256_000_000) / 20_000_000);

    /// <summary>
    /// The most memory that trying a model out may take, in bytes. 0, the default, is an equal share of three quarters of what the process
    /// itself may have.
    /// </summary>
    [Range(0, 1L << 42)]
    public long MaxMemoryBytes { get; set; }

    /// <summary>
    /// The most memory that loading an uploaded file may take, in bytes, beside eight times its size: a small file does not become a large
    /// model. Never more than <see cref="MaxMemoryBytes"/>.
    /// </summary>
    [Range(256L << 20, 1L << 42)]
    public long LoadMemoryBytes { get; set; } = 1L << 30;
}
