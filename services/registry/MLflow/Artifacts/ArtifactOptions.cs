using System.ComponentModel.DataAnnotations;

namespace Platform.Registry.MLflow.Artifacts;

/// <summary>What MLflow's clients may upload; section <c>Registry:MLflow:Artifacts</c>.</summary>
public sealed class ArtifactOptions
{
    /// <summary>Largest file, in bytes. The gateway has a limit of its own, <c>Gateway:MaxUploadBytes</c>.</summary>
    [Range(1, 1L << 42)]
    public long MaxFileBytes { get; set; } = 16L << 30;

    /// <summary>Most uploads in parts that may be under way.</summary>
    [Range(1, 100_000)]
    public int MaxUploads { get; set; } = 1000;

    /// <summary>How long the parts of an upload are kept that nobody completes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long the addresses may be used that clients follow without a key: those of parts, and presigned ones unless a request wants less.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan AddressLifetime { get; set; } = TimeSpan.FromHours(1);
}
