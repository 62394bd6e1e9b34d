using System.ComponentModel.DataAnnotations;

namespace Platform.Contracts.Registry;

/// <summary>A group with a name: a closed numeric range, or a set of categories or numbers.</summary>
public sealed record FairnessGroup
{
    /// <summary>What it is called; unique within the attribute.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>Smallest value in the group; unbounded when absent.</summary>
    public double? Min { get; init; }

    /// <summary>Largest value in the group; unbounded when absent.</summary>
    public double? Max { get; init; }

    /// <summary>Category names, or numbers as text, in the group.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}
