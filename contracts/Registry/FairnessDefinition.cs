using System.ComponentModel.DataAnnotations;

namespace Platform.Contracts.Registry;

/// <summary>Groups compared for fairness.</summary>
public sealed record FairnessDefinition
{
    /// <summary>The feature that divides the groups.</summary>
    [Required]
    public string Feature { get; init; } = "";

    /// <summary>The privileged group.</summary>
    public GroupDefinition? Privileged { get; init; }

    /// <summary>The unprivileged group.</summary>
    public GroupDefinition? Unprivileged { get; init; }

    /// <summary>The class whose assignment is a favourable decision.</summary>
    public string? FavourableClass { get; init; }
}
