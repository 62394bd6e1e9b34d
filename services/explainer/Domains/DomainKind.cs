namespace Platform.Explainer.Domains;

/// <summary>What the values of a feature are.</summary>
internal enum DomainKind
{
    /// <summary>Quantities.</summary>
    Number,

    /// <summary>Whole numbers.</summary>
    Whole,

    /// <summary>Names, with no order among them.</summary>
    Category,
}
