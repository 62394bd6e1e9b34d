using System.ComponentModel.DataAnnotations;

namespace Platform.Contracts.Registry;

/// <summary>How one feature is hidden.</summary>
public sealed record FeatureRedaction
{
    /// <summary>The feature's name.</summary>
    [Required]
    public string Feature { get; init; } = "";

    /// <summary>drop (logged as null) or hash (logged as a keyed hash).</summary>
    [AllowedValues("drop", "hash")]
    public string As { get; init; } = "drop";
}
