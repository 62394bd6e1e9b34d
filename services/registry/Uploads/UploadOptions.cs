using System.ComponentModel.DataAnnotations;
using Platform.Registry.References;

namespace Platform.Registry.Uploads;

/// <summary>How much an upload may hold; section <c>Registry:Uploads</c>.</summary>
public sealed class UploadOptions
{
    /// <summary>Largest model with its data files, unpacked, in bytes. The ONNX file alone ends at 2 GiB in any case.</summary>
    [Range(1, 1L << 40)]
    public long MaxModelBytes { get; set; } = 16L << 30;

    /// <summary>Largest metadata, in bytes.</summary>
    [Range(1, 64 << 20)]
    public long MaxMetadataBytes { get; set; } = 1 << 20;

    /// <summary>Largest reference dataset, in bytes.</summary>
    [Range(1, 1L << 40)]
    public long MaxReferenceBytes { get; set; } = 512 << 20;

    /// <summary>Most rows of a reference dataset.</summary>
    [Range(1, 10_000_000)]
    public int MaxReferenceRows { get; set; } = 100_000;

    internal ReferenceLimits Reference => new(MaxReferenceBytes, MaxReferenceRows);
}
