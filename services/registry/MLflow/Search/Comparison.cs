namespace Platform.Registry.MLflow.Search;

/// <summary>What a comparison or an order is about.</summary>
internal enum EntityKind
{
    Attribute,
    Metric,
    Parameter,
    Tag,
    Dataset,
}

/// <summary>One comparison of a filter, checked against its <see cref="FilterSchema"/>.</summary>
/// <param name="Kind">What is compared.</param>
/// <param name="Key">Its name.</param>
/// <param name="Operator">=, !=, &lt;, &lt;=, &gt;, &gt;=, LIKE, ILIKE, IN, NOT IN, IS NULL or IS NOT NULL.</param>
/// <param name="Text">With what, where texts are compared.</param>
/// <param name="Number">With what, where numbers are.</param>
/// <param name="List">With which, for IN and NOT IN.</param>
internal sealed record Comparison(EntityKind Kind, string Key, string Operator, string Text, double Number, IReadOnlyList<string> List)
{
    /// <summary>Whether a text passes; one that is not there passes IS NULL alone.</summary>
    public bool Matches(string? value) => (Operator, value) switch
    {
        ("IS NULL", _) => value is null,
        ("IS NOT NULL", _) => value is not null,
        (_, null) => false,
        ("=", _) => value == Text,
        ("!=", _) => value != Text,
        ("LIKE", _) => LikePattern.Matches(value, Text, ignoreCase: false),
        ("ILIKE", _) => LikePattern.Matches(value, Text, ignoreCase: true),
        ("IN", _) => List.Contains(value),
        ("NOT IN", _) => !List.Contains(value),
        _ => false,
    };

    /// <summary>Whether a number passes; one that is not there never does, and NaN passes != alone.</summary>
    public bool Matches(double? value) => (Operator, value) switch
    {
        (_, null) => false,
        ("=", { } number) => number == Number,
        ("!=", { } number) => number != Number,
        ("<", { } number) => number < Number,
        ("<=", { } number) => number <= Number,
        (">", { } number) => number > Number,
        (">=", { } number) => number >= Number,
        _ => false,
    };
}
