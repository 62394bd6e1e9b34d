using System.ComponentModel.DataAnnotations;

namespace Platform.Hosting.Deployments;

/// <summary>Where the registry is and how often to ask it; section <c>Registry</c>.</summary>
public sealed class RegistryOptions
{
    /// <summary>Base address of the registry's HTTP API. Standalone sets it to its own.</summary>
    [Required]
    public Uri Address { get; set; } = new("http://127.0.0.1:8080");

    /// <summary>How often the snapshot is read when no event says that something changed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the registry may take to begin its answer, or to go on with a file; after that it counts as away, and is asked again later.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest artifact that is fetched, in bytes.</summary>
    [Range(1, long.MaxValue)]
    public long MaxArtifactBytes { get; set; } = 17L << 30;
}
