using System.ComponentModel.DataAnnotations;

namespace Platform.Contracts.Registry;

/// <summary>A feature whose groups are compared for fairness.</summary>
public sealed record FairnessAttribute
{
    /// <summary>The feature that divides the groups.</summary>
    [Required]
    public string Feature { get; init; } = "";

    /// <summary>Its groups, of which a value belongs to the first that holds it; each of the feature's categories when absent.</summary>
    public IReadOnlyList<FairnessGroup>? Groups { get; init; }

    /// <summary>The name of the group that the others are compared with; the one that is best off in a window when absent.</summary>
    public string? Reference { get; init; }
}
