namespace Platform.Contracts.Registry;

/// <summary>A group: a closed numeric range, or a set of categories or numbers.</summary>
public sealed record GroupDefinition
{
    /// <summary>Smallest value in the group; unbounded when absent.</summary>
    public double? Min { get; init; }

    /// <summary>Largest value in the group; unbounded when absent.</summary>
    public double? Max { get; init; }

    /// <summary>Category names, or numbers as text, in the group.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}
