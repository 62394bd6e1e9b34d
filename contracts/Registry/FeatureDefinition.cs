using System.ComponentModel.DataAnnotations;

namespace Platform.Contracts.Registry;

/// <summary>One named column of an input tensor.</summary>
public sealed record FeatureDefinition
{
    /// <summary>The feature's name.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>numerical, categorical or text.</summary>
    [AllowedValues("numerical", "categorical", "text")]
    public string Kind { get; init; } = "numerical";

    /// <summary>Category names; a categorical cell of a numeric tensor holds the index into this list.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>The input tensor that holds the column; the first input when absent.</summary>
    public string? Input { get; init; }
}
