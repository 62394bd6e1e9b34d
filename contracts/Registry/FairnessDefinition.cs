namespace Platform.Contracts.Registry;

/// <summary>Groups compared for fairness: two groups of one feature, a list of attributes with as many groups as they have, or both.</summary>
public sealed record FairnessDefinition
{
    /// <summary>The feature that divides the privileged and the unprivileged group; empty where only attributes are compared.</summary>
    public string Feature { get; init; } = "";

    /// <summary>The privileged group.</summary>
    public GroupDefinition? Privileged { get; init; }

    /// <summary>The unprivileged group.</summary>
    public GroupDefinition? Unprivileged { get; init; }

    /// <summary>The class whose assignment is a favourable decision; the positive one when absent.</summary>
    public string? FavourableClass { get; init; }

    /// <summary>Features whose groups are compared; none when absent.</summary>
    public IReadOnlyList<FairnessAttribute>? Attributes { get; init; }

    /// <summary>Features of two or more attributes each, whose groups are also compared where they meet; none when absent.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Intersections { get; init; }

    /// <summary>Rows of a window below which a group is not judged; the monitor's setting when absent.</summary>
    public int? MinSupport { get; init; }

    /// <summary>holm or bh: how comparing several groups is allowed for; the monitor's setting when absent.</summary>
    public string? Correction { get; init; }
}
